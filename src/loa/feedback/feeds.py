"""The register for programs that follow it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _

NEWEST = 30


def atom_of(request: HttpRequest, rows: QuerySet[Any], *, named: str = "") -> HttpResponse:
    """The newest of the given answers; `named` says of what."""
    title = _("Answers to citizens")
    base = settings.BASE_URL
    feed = Atom1Feed(
        title=f"{title}: {named}" if named else title,
        link=base + reverse("feedback:register_list"),
        description=title,
        language=request.LANGUAGE_CODE,  # type: ignore[attr-defined]
        feed_url=base + request.get_full_path(),
        feed_guid=base + request.get_full_path(),
    )
    for row in rows.order_by("-published_at", "-pk")[:NEWEST]:
        feed.add_item(
            title=row.title,
            link=base + row.get_absolute_url(),
            description=Truncator(row.answer).chars(400),
            pubdate=row.published_at,
            updateddate=row.changed_at or row.published_at,
            author_name=str(row.agency),
            unique_id=base + row.get_absolute_url(),
            categories=[str(row.case.subject)] if row.case.subject else [],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
