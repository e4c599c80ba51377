"""What of the portal's own is searched: stories, events, landing pages."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.portal.models import EventPage, LandingPage, SiteHome, Story
from loa.portal.queries.reading import words_of
from loa.portal.queries.search import Found, Source


def with_site(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Beside each page the nearest site above it, as `site_pk`."""
    above = SiteHome.objects.annotate(begins=StrIndex(OuterRef("path"), F("path"))).filter(begins=Value(1))
    return rows.annotate(site_pk=Subquery(above.order_by("-depth").values("pk")[:1]))


def _stories() -> QuerySet[Story]:
    return with_site(Story.objects.live().public())


def _story(story: Any) -> Found:
    return Found(
        title=story.title,
        text=f"{story.lead} {words_of(story.body)}",
        url=story.get_url() or "",
        on=clock.day_of(story.first_published_at) if story.first_published_at else None,
        agency_id=story.agency_id,
        site_id=story.site_pk,
    )


def _events() -> QuerySet[EventPage]:
    return with_site(EventPage.objects.live().public())


def _event(event: Any) -> Found:
    return Found(
        title=event.title,
        text=f"{event.lead} {event.place} {words_of(event.body)}",
        url=event.get_url() or "",
        on=clock.day_of(event.starts_at),
        agency_id=event.organiser_id,
        site_id=event.site_pk,
    )


def _landing_pages() -> QuerySet[LandingPage]:
    return with_site(LandingPage.objects.live().public())


def _landing_page(page: Any) -> Found:
    english = f"{page.english_title} {words_of(page.english_body)}" if page.english_title else ""
    return Found(
        title=page.title,
        text=f"{page.lead} {words_of(page.body)} {english}",
        url=page.get_url() or "",
        on=clock.day_of(page.last_published_at) if page.last_published_at else None,
        site_id=page.site_pk,
    )


PAGES = (
    Source("story", _("News and articles"), _stories, _story),
    Source("event", _("Events"), _events, _event),
    Source("page", _("Pages"), _landing_pages, _landing_page),
)
KINDS = {Story: "story", EventPage: "event", LandingPage: "page"}
