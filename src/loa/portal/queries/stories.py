"""What readers find: the newest of each column, one column's list, what is related. Only what is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, Substr
from wagtail.models import Page

from loa.portal.models import Column, EventPage, SiteHome, Story

PER_COLUMN = 4
STEP = Page.steplen


def public_stories() -> QuerySet[Story]:
    """Newest first, with what a card shows."""
    return (
        Story.objects.live()
        .select_related("agency", "picture")
        .prefetch_related("picture__renditions")
        .order_by("-first_published_at", "-pk")
    )


def stories_of(column: Column | SiteHome, *, kind: str = "") -> QuerySet[Story]:
    """Everything in a column and its sub-columns."""
    rows = public_stories().descendant_of(column)
    return rows.filter(kind=kind) if kind else rows


def kinds_in(column: Column) -> list[str]:
    """The kinds a column holds, in the order of the choices."""
    held = set(
        Story.objects.live().descendant_of(column).order_by().values_list("kind", flat=True).distinct()
    )
    return [kind for kind in Story.Kind.values if kind in held]


def columns_of(page: Page) -> QuerySet[Column]:
    return Column.objects.child_of(page).live().order_by("path")


def newest_by_column(
    home: SiteHome, *, count: int = PER_COLUMN, without: Story | None = None
) -> list[tuple[Column, list[Story]]]:
    """Each column of a site that holds something, with its newest stories: two queries."""
    columns = list(columns_of(home))
    place = Substr("path", 1, len(home.path) + STEP)
    rank = Window(
        RowNumber(), partition_by=[place], order_by=[F("first_published_at").desc(), F("pk").desc()]
    )
    ranked = (
        public_stories()
        .descendant_of(home)
        .exclude(pk=without.pk if without else None)
        .annotate(column_path=place, rank=rank)
        .filter(rank__lte=count)
    )
    by_path: dict[str, list[Story]] = {}
    for story in ranked:
        by_path.setdefault(story.column_path, []).append(story)
    return [(column, by_path[column.path]) for column in columns if column.path in by_path]


def newest_stories(home: SiteHome, *, count: int) -> list[Story]:
    return list(public_stories().descendant_of(home)[:count])


def coming_events(within: Page, *, since: datetime, count: int = 3) -> list[EventPage]:
    """What has not ended yet, the next first."""
    rows = EventPage.objects.live().descendant_of(within).select_related("organiser")
    ahead = Q(ends_at__gte=since) | Q(ends_at__isnull=True, starts_at__gte=since)
    return list(rows.filter(ahead).order_by("starts_at", "pk")[:count])


def past_events(within: Page, *, before: datetime, count: int = 5) -> list[EventPage]:
    rows = EventPage.objects.live().descendant_of(within).select_related("organiser")
    return list(rows.filter(starts_at__lt=before).order_by("-starts_at", "-pk")[:count])


def related_to(story: Story, *, count: int = 3) -> list[tuple[str, list[Story]]]:
    """By task, by topic, by agency: a story stands once, where it is nearest."""
    works = list(story.works.all())
    same_work = Q(works__assignment__in=[row.assignment_id for row in works if row.assignment_id])
    same_work |= Q(
        works__duty_assignment__in=[row.duty_assignment_id for row in works if row.duty_assignment_id]
    )
    wanted = [
        ("task", same_work if works else None),
        ("topic", Q(topics__in=story.topics.all()) if story.pk else None),
        ("agency", Q(agency=story.agency_id) if story.agency_id else None),
    ]
    seen, found = {story.pk}, []
    for reason, near in wanted:
        if near is None:
            continue
        rows = list(public_stories().filter(near).exclude(pk__in=seen).distinct()[:count])
        seen |= {row.pk for row in rows}
        if rows:
            found.append((reason, rows))
    return found


def neighbours_of(story: Story) -> tuple[Story | None, Story | None]:
    """The one before and the one after in its column, by the day they appeared."""
    if story.first_published_at is None:
        return None, None
    at, rows = story.first_published_at, Story.objects.live().sibling_of(story, inclusive=False)
    earlier = Q(first_published_at__lt=at) | Q(first_published_at=at, pk__lt=story.pk)
    later = Q(first_published_at__gt=at) | Q(first_published_at=at, pk__gt=story.pk)
    return (
        rows.filter(earlier).order_by("-first_published_at", "-pk").first(),
        rows.filter(later).order_by("first_published_at", "pk").first(),
    )


def crumbs_above(page: Page, home: SiteHome | None) -> list[Page]:
    """The pages between a site's first page and this one."""
    if home is None:
        return []
    above = page.get_ancestors().select_related("column", "landingpage")
    return [each for each in above if each.depth > home.depth]


def parts_of_site(city: SiteHome) -> QuerySet[SiteHome]:
    return SiteHome.objects.child_of(city).live().select_related("agency").order_by("title")


def titles_of(pages: Iterable[Any]) -> dict[int, str]:
    """The title of the column each page stands in: one query."""
    parents = {page.path[:-STEP] for page in pages}
    by_path = dict(Page.objects.filter(path__in=parents).values_list("path", "title"))
    return {page.pk: by_path.get(page.path[:-STEP], "") for page in pages}
