"""What changed: a page, and the same as Atom and RSS, by field and agency."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.core.pages import page
from loa.core.text import format_date
from loa.procedures import queries
from loa.procedures.filters import ChangeFilter
from loa.procedures.models import ProcedureVersion
from loa.procedures.views.public import listed

IN_FEED = 50


@require_safe
def change_list(request: HttpRequest) -> HttpResponse:
    found = ChangeFilter(request.GET or None, queryset=queries.recent_changes(), request=request)
    return page(request, "procedures/change_list.html", listed(request, found))


@require_safe
def change_atom(request: HttpRequest) -> HttpResponse:
    return _feed(request, Atom1Feed)


@require_safe
def change_rss(request: HttpRequest) -> HttpResponse:
    return _feed(request, Rss201rev2Feed)


def _feed(request: HttpRequest, kind: type[Any]) -> HttpResponse:
    found = ChangeFilter(request.GET or None, queryset=queries.recent_changes(), request=request)
    feed = kind(
        title=_("Administrative procedures: what changed"),
        link=request.build_absolute_uri("/thu-tuc/thay-doi/"),
        description=_("New, amended, replaced and abolished procedures, by day of publication."),
        language="vi",
        feed_url=request.build_absolute_uri(),
    )
    for version in found.qs[:IN_FEED]:
        _add(feed, version, request)
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _add(feed: Any, version: ProcedureVersion, request: HttpRequest) -> None:
    url = request.build_absolute_uri(version.get_absolute_url())
    effective = version.effective_on and _("In effect from %(day)s.") % {
        "day": format_date(version.effective_on)
    }
    words = [version.decision, effective or ""]
    feed.add_item(
        title=f"{version.get_change_display()}: {version.name}",
        link=url,
        unique_id=url,
        description=" ".join(word for word in words if word),
        author_name=version.procedure.agency.name,
        categories=[version.procedure.field.name],
        pubdate=version.published_at or _noon(version),
        updateddate=version.published_at or _noon(version),
    )


def _noon(version: ProcedureVersion) -> datetime:
    return timezone.make_aware(datetime.combine(version.published_on, time(12)))  # type: ignore[arg-type]
