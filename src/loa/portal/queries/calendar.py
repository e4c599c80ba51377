"""The editorial calendar: what comes out when, by column and by radio slot. Other parts add their own lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from loa.campaigns.queries import scripts_by_slot
from loa.portal.models import EventPage, Story
from loa.portal.queries.assignments import news_assignments_visible_to
from loa.portal.queries.territory import pages_of


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One line: `place` is the column or the slot under which it stands."""

    on: date
    title: str
    url: str
    kind: str  # words
    place: str
    tone: str = "plain"
    at: datetime | None = None
    uid: str = ""
    is_slot: bool = False
    who: str = ""


Provider = Callable[[Any, date, date], Iterable[CalendarItem]]
_providers: list[Provider] = []


def register_calendar(provider: Provider) -> None:
    """Another part gives lines of its own, such as radio scripts by slot; called once, from `ready`."""
    if provider not in _providers:
        _providers.append(provider)


def calendar_items(user: Any, first: date, last: date) -> list[CalendarItem]:
    """Everything from a day to a day that this person works with, in order. A fixed number of queries."""
    found = [
        item
        for provider in (_stories, _planned, _events, _assignments, *_providers)
        for item in provider(user, first, last)
    ]
    return sorted(found, key=lambda item: (item.on, item.at or _start_of(item.on), item.title))


def radio_slots(user: Any, first: date, last: date) -> Iterable[CalendarItem]:
    """The radio scripts of the own agency, by the slot they are wanted for. One query."""
    if user.hat is None:
        return
    for slot in scripts_by_slot(first, last, agency=user.hat.agency):
        at = timezone.make_aware(datetime.combine(slot.on, slot.at)) if slot.at else None
        for script in slot.scripts:
            yield CalendarItem(
                slot.on,
                script.title,
                script.get_absolute_url(),
                _("Radio script"),
                script.station.name,
                at=at,
                uid=f"script-{script.pk}",
                is_slot=True,
            )


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    return _start_of(first), _start_of(last + timedelta(days=1))


def _columns(paths: Iterable[str]) -> dict[str, str]:
    """The titles of the pages above some pages, by path. One query."""
    above = {path[: -Page.steplen] for path in paths}
    return dict(Page.objects.filter(path__in=above).values_list("path", "title"))


def _stories(user: Any, first: date, last: date) -> Iterable[CalendarItem]:
    """What was published."""
    begin, end = _span(first, last)
    rows = Story.objects.filter(
        pk__in=pages_of(user).values("pk"),
        live=True,
        first_published_at__gte=begin,
        first_published_at__lt=end,
    )
    pages = list(rows.only("pk", "path", "title", "first_published_at"))
    columns = _columns(page.path for page in pages)
    for page in pages:
        at = timezone.localtime(page.first_published_at)
        yield _of_page(page, at, _("Published"), columns, "done")


def _planned(user: Any, first: date, last: date) -> Iterable[CalendarItem]:
    """What was approved for an hour to come."""
    begin, end = _span(first, last)
    keys = {str(pk): path for pk, path in pages_of(user).values_list("pk", "path")}
    rows = Revision.objects.page_revisions().filter(
        approved_go_live_at__gte=begin, approved_go_live_at__lt=end
    )
    found = [
        row for row in rows.only("object_id", "object_str", "approved_go_live_at") if row.object_id in keys
    ]
    columns = _columns(keys[row.object_id] for row in found)
    for row in found:
        at = timezone.localtime(row.approved_go_live_at)
        yield CalendarItem(
            at.date(),
            row.object_str,
            reverse("wagtailadmin_pages:edit", args=[row.object_id]),
            _("Scheduled"),
            columns.get(keys[row.object_id][: -Page.steplen], ""),
            "wait",
            at,
            f"planned-{row.object_id}",
        )


def _events(user: Any, first: date, last: date) -> Iterable[CalendarItem]:
    begin, end = _span(first, last)
    rows = EventPage.objects.filter(
        pk__in=pages_of(user).values("pk"), starts_at__gte=begin, starts_at__lt=end
    )
    pages = list(rows.only("pk", "path", "title", "starts_at"))
    columns = _columns(page.path for page in pages)
    for page in pages:
        yield _of_page(page, timezone.localtime(page.starts_at), _("Event"), columns, "plain")


def _of_page(page: Page, at: datetime, kind: str, columns: dict[str, str], tone: str) -> CalendarItem:
    return CalendarItem(
        at.date(),
        page.title,
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        kind,
        columns.get(page.path[: -Page.steplen], ""),
        tone,
        at,
        f"page-{page.pk}",
    )


def _assignments(user: Any, first: date, last: date) -> Iterable[CalendarItem]:
    """What reporters are to deliver, under its column; and on the air, under its slot."""
    rows = news_assignments_visible_to(user).exclude(state__in=("cancelled", "closed"))
    for row in rows.filter(due_on__range=(first, last)):
        yield CalendarItem(
            row.due_on, row.title, row.get_absolute_url(), _("Given to write"),
            row.column.title, "soon", uid=f"assignment-{row.pk}", who=str(row.reporter),
        )  # fmt: skip
    for row in rows.filter(on_air_on__range=(first, last)):
        yield CalendarItem(
            row.on_air_on, row.title, row.get_absolute_url(), _("On the air"), row.slot or _("Radio"), "plain",
            uid=f"slot-{row.pk}", is_slot=True,
        )  # fmt: skip
