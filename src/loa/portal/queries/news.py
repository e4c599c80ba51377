"""Stories that readers can find, by the day they first appeared: for papers that tell what was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from wagtail.models import Page

from loa.core import clock
from loa.portal.models import Story


@dataclass(frozen=True, slots=True)
class PublishedStory:
    """`column` is the title of the page it stands in; `url` is "" where no site shows it."""

    pk: int
    title: str
    on: date
    column: str
    url: str


def stories_published(start: date, end: date) -> list[PublishedStory]:
    """Live stories of all sites that first appeared from a day to a day, the oldest first. Two queries."""
    rows = (
        Story.objects.live()
        .public()
        .filter(
            first_published_at__gte=_midnight(start), first_published_at__lt=_midnight(end + timedelta(1))
        )
        .order_by("first_published_at", "pk")
    )
    stories = list(rows.only("pk", "title", "path", "depth", "url_path", "first_published_at", "locale"))
    parents = {story.path[: -Page.steplen] for story in stories}
    columns = dict(Page.objects.filter(path__in=parents).values_list("path", "title"))
    return [
        PublishedStory(
            pk=story.pk,
            title=story.title,
            on=clock.day_of(story.first_published_at),
            column=columns.get(story.path[: -Page.steplen], ""),
            url=story.get_url() or "",
        )
        for story in stories
        if story.first_published_at
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
