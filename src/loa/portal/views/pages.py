"""What the template of each kind of page takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Page as Leaf
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext as _

from loa.core import clock, front
from loa.portal import queries, reader
from loa.portal.addresses import is_open
from loa.portal.context import SiteShell, absolute, shell_of
from loa.portal.models import Column, EventPage, LandingPage, SiteHome, Story
from loa.portal.models.pages import KEPT
from loa.portal.models.serving import context_for

PAGE_SIZE = 12
EDITED_AFTER = timedelta(minutes=5)  # what follows within minutes is the same publication
PRINT_STYLES = (
    "core/tokens.css",
    "core/base.css",
    "core/layout.css",
    "core/components.css",
    "core/public.css",
)


@context_for(SiteHome)
def home_context(page: SiteHome, request: HttpRequest) -> dict[str, Any]:
    shell, given = shell_of(request), reader.given_by(page)
    newest = queries.newest_stories(page, count=5)
    leading = next((story for story in newest if story.picture), newest[0] if newest else None)
    is_city = shell.city_url == ""
    return {
        "given": given,
        "doors": home_doors(page, shell),
        "leading": leading,
        "further": [story for story in newest if story != leading],
        "events": queries.coming_events(page, since=clock.now()),
        "columns": queries.newest_by_column(page, without=leading),
        "sections": front.sections_for(None if is_city else page.agency),
        "sites": queries.parts_of_site(page) if is_city else [],
        "head": head_of(page, request, title=shell.name, description=page.search_description),
    }


@context_for(Column)
def column_context(page: Column, request: HttpRequest) -> dict[str, Any]:
    held = queries.kinds_in(page)
    kind = request.GET.get("loai", "")
    kind = kind if kind in held else ""
    crumbs = crumbs_of(page, request)
    return {
        "given": reader.given_by(page),
        "crumbs": crumbs,
        "columns": queries.columns_of(page),
        "kinds": [(value, Story.Kind(value).label) for value in held],
        "kind": kind,
        "stories": leaf_of(queries.stories_of(page, kind=kind), request),
        "events": queries.coming_events(page, since=clock.now()),
        "head": head_of(page, request, description=page.lead, crumbs=crumbs),
    }


@context_for(Story)
def story_context(page: Story, request: HttpRequest) -> dict[str, Any]:
    crumbs = crumbs_of(page, request)
    queries.fetch_renditions([page.picture, *queries.pictures_in(page.body)])
    earlier, later = queries.neighbours_of(page)
    return {
        "given": reader.given_by(page),
        "crumbs": crumbs,
        "column": crumbs[-2] if len(crumbs) > 1 else None,
        "minutes": queries.reading_minutes(page.lead, queries.words_of(page.body)),
        "is_updated": was_edited(page),
        "corrections": list(page.corrections.all()),
        "topics": list(page.topics.all()),
        "related": queries.related_to(page),
        "earlier": earlier,
        "later": later,
        "head": story_head(page, request, crumbs),
        "styles": [absolute(static(name)) for name in PRINT_STYLES],
        "kept": request.GET.get("ban") == KEPT,
    }


def story_head(page: Story, request: HttpRequest, crumbs: list[dict[str, str]]) -> reader.PageHead:
    shell = shell_of(request)
    head = head_of(page, request, description=page.lead, crumbs=crumbs, picture=page.picture)
    head.kind = "article"
    head.published_at = reader.iso(page.first_published_at)
    head.modified_at = reader.iso(page.last_published_at)
    publisher = reader.organisation(shell.name, absolute(shell.url))
    head.structured.append(reader.story_data(page, head, publisher))
    return head


@context_for(EventPage)
def event_context(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    shell, crumbs = shell_of(request), crumbs_of(page, request)
    queries.fetch_renditions([page.picture, *queries.pictures_in(page.body)])
    head = head_of(page, request, description=page.lead, crumbs=crumbs, picture=page.picture)
    head.structured.append(
        reader.event_data(page, head, reader.organisation(shell.name, absolute(shell.url)))
    )
    return {
        "given": reader.given_by(page),
        "crumbs": crumbs,
        "is_over": (page.ends_at or page.starts_at) < clock.now(),
        "topics": list(page.topics.all()),
        "head": head,
    }


@context_for(LandingPage)
def landing_context(page: LandingPage, request: HttpRequest) -> dict[str, Any]:
    given, crumbs = reader.given_by(page), crumbs_of(page, request)
    queries.fetch_renditions(queries.pictures_in(given.body))
    return {
        "given": given,
        "crumbs": crumbs,
        "children": LandingPage.objects.child_of(page).live().order_by("path"),
        "head": head_of(page, request, title=given.title, description=page.lead, crumbs=crumbs),
    }


def was_edited(page: Any) -> bool:
    first, last = page.first_published_at, page.last_published_at
    return bool(first and last and last - first > EDITED_AFTER)


def leaf_of(rows: QuerySet, request: HttpRequest) -> Leaf:
    """One page of a list; a number that is none shows the nearest there is."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("trang"))


def home_doors(page: SiteHome, shell: SiteShell) -> list[dict[str, Any]]:
    """The three doors: news, procedures, questions; then what else is open, three at least where there are."""
    news = shell.menu[0].url if shell.menu else ""
    wanted = (
        (news, "news", _("News"), _("What the agencies do, and what changes for you")),
        ("/thu-tuc/", "task", _("Procedures"), _("Papers, fees, time limits, where to go")),
        ("/gop-y/", "feedback", _("Feedback and questions"), _("Ask, propose, complain, follow the answer")),
        ("/cong-khai/", "plan", _("Plans in the open"), _("What was promised and how far it is")),
        ("/phap-luat/", "scale", _("Legal documents"), _("What is in force, on which day")),
    )
    doors = [
        {"url": url, "icon": icon, "label": label, "text": text}
        for url, icon, label, text in wanted
        if url and (url == news or is_open(url))
    ]
    return doors[:3] if len(doors) > 1 else []  # a single door would promise too much


def crumbs_of(page: Any, request: HttpRequest) -> list[dict[str, str]]:
    above = queries.crumbs_above(page, shell_of(request).home)
    return [reader.crumb(each, each.get_url(request) or "") for each in above] + [reader.crumb(page, "")]


def head_of(
    page: Any,
    request: HttpRequest,
    *,
    title: str = "",
    description: str = "",
    crumbs: list[dict[str, str]] | None = None,
    picture: Any = None,
) -> reader.PageHead:
    shell = shell_of(request)
    url = absolute(page.full_url or page.get_url(request) or request.path)
    card = picture.get_rendition(queries.CARD_SPEC) if picture else None
    head = reader.PageHead(
        title=title or reader.title_for(page),
        description=description or page.search_description or shell.name,
        url=url,
        picture_url=absolute(card.url) if card else shell.card_url,
        picture_alt=picture.default_alt_text if picture else shell.name,
        locale="en_GB" if reader.reads_english() else "vi_VN",
    )
    if crumbs:
        named = [(crumb["label"], absolute(crumb["url"]) if crumb["url"] else url) for crumb in crumbs]
        head.structured.append(reader.breadcrumb_data([(shell.name, absolute(shell.url)), *named]))
    return head
