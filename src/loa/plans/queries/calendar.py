"""Due dates and occurrences of a month, and the same for a person's own calendar (iCalendar)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare

from loa.core.text import headline
from loa.directory.models import User
from loa.plans.models import Assignment, Occurrence
from loa.plans.queries.plan import READING_ROLES
from loa.plans.states import CLOSED_ASSIGNMENT_STATES

_SALT = "loa.plans.calendar"
SHOWN_PER_DAY = 4


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """A due date or an occurrence on a day. `uid` stays the same for the same thing."""

    uid: str
    on: date
    title: str
    agency: str
    url: str
    is_due: bool
    is_done: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    on: date
    is_in_month: bool
    items: list[CalendarItem]

    @property
    def shown(self) -> list[CalendarItem]:
        return self.items[:SHOWN_PER_DAY]

    @property
    def hidden_count(self) -> int:
        return max(0, len(self.items) - SHOWN_PER_DAY)


def month_of(
    assignments: QuerySet[Assignment], occurrences: QuerySet[Occurrence], month: date
) -> list[list[CalendarDay]]:
    """The weeks of a month, Monday first, each day with what is due and what takes place. Two queries."""
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    first, last = weeks[0][0], weeks[-1][-1]
    by_day: dict[date, list[CalendarItem]] = {}
    for item in items_between(assignments, occurrences, first, last):
        by_day.setdefault(item.on, []).append(item)
    return [
        [CalendarDay(day, day.month == month.month, by_day.get(day, [])) for day in week] for week in weeks
    ]


def items_between(
    assignments: QuerySet[Assignment], occurrences: QuerySet[Occurrence], first: date, last: date
) -> list[CalendarItem]:
    due = assignments.filter(due_on__range=(first, last)).select_related("task", "agency")
    held = (
        occurrences.filter(on__range=(first, last)).exclude(state="cancelled").select_related("task", "lead")
    )
    items = [
        *(_due_item(row) for row in due.order_by("due_on", "pk")),
        *(_occurrence_item(row) for row in held),
    ]
    return sorted(items, key=lambda item: (item.on, item.is_due, item.title))


def _due_item(assignment: Assignment) -> CalendarItem:
    task = assignment.task
    on = assignment.due_on or date.max
    if task.is_due_before and task.due_on == on:
        on -= timedelta(days=1)  # "before the 2nd": the 1st is the last day
    return CalendarItem(
        uid=f"assignment-{assignment.pk}",
        on=on,
        title=headline(task.content),
        agency=assignment.agency.name,
        url=assignment.get_absolute_url(),
        is_due=True,
        is_done=assignment.state in CLOSED_ASSIGNMENT_STATES,
    )


def _occurrence_item(occurrence: Occurrence) -> CalendarItem:
    return CalendarItem(
        uid=f"occurrence-{occurrence.pk}",
        on=occurrence.on or date.max,
        title=f"{occurrence.slot} {occurrence.title}".strip(),
        agency=occurrence.lead.name if occurrence.lead else "",
        url=occurrence.task.get_absolute_url(),
        is_due=False,
        is_done=occurrence.state == "held",
        place=occurrence.place,
    )


def own_calendar(user: User) -> list[CalendarItem]:
    """What the agencies of a person lead in running plans: due dates and occurrences."""
    agencies = [hat.agency.pk for hat in user.hats if hat.holds(*READING_ROLES)]
    mine = Assignment.objects.filter(agency__in=agencies, plan__state="issued", due_on__isnull=False)
    led = Occurrence.objects.filter(
        Q(lead__in=agencies) | Q(task__assignments__agency__in=agencies),
        task__plan__state="issued",
        on__isnull=False,
    ).distinct()
    return items_between(mine, led, date.min, date.max)


def calendar_token(user: User) -> str:
    """The secret part of a person's feed address; a new password makes it void."""
    return signing.Signer(salt=_SALT).sign_object({"user": user.pk, "mark": _mark(user)}, compress=False)


def user_of_calendar_token(token: str) -> User | None:
    try:
        content: dict[str, Any] = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    user = User.objects.filter(pk=content.get("user", 0), is_active=True).first()
    if user and constant_time_compare(_mark(user), str(content.get("mark"))):
        return user
    return None


def _mark(user: User) -> str:
    return user.get_session_auth_hash()[:16]


def next_and_previous(month: date) -> tuple[date, date]:
    """The first days of the month after and of the month before."""
    first = month.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return after, before
