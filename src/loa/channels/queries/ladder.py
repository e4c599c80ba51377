"""Which step of which ladder is reached on a day, and what has not been reminded of it yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.channels.models import Reminder, ReminderRule
from loa.channels.queries.matters import MatterSource
from loa.core.access import permits
from loa.core.calendar_data import current_calendar
from loa.core.deadlines import Calendar, CalendarRangeError, add_working_days
from loa.directory.models import in_force

DATES_AT_ONCE = 200  # due dates named in one query
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reached:
    """A step and the due dates for which it is the newest one reached."""

    rule: ReminderRule
    dues: tuple[
        tuple[date, bool, date], ...
    ]  # (due date, whether the day itself is too late, the step's day)


def rules_in_force(kind: str, day: date) -> list[ReminderRule]:
    return list(ReminderRule.objects.filter(in_force(day), matter=kind, is_active=True))


def rules_visible_to(user: Any) -> QuerySet[ReminderRule]:
    rows = ReminderRule.objects.all()
    return rows if permits(user, "channels.manage_reminder_rules") else rows.none()


def step_day(rule: ReminderRule, last_day: date, calendar: Calendar) -> date:
    """The day of a step. Outside the calendar its days are counted as they come."""
    if rule.counting == ReminderRule.Counting.CALENDAR:
        return last_day + timedelta(days=rule.offset)
    try:
        if rule.offset >= 0:
            return add_working_days(last_day, rule.offset, calendar)
        return _working_days_before(last_day, -rule.offset, calendar)
    except CalendarRangeError:
        return last_day + timedelta(days=rule.offset)


def _working_days_before(day: date, count: int, calendar: Calendar) -> date:
    while count:
        day -= _DAY
        count -= calendar.works_on(day)
    return day


def steps_reached(source: MatterSource, today: date) -> list[Reached]:
    """For each step the due dates whose newest reached step it is. Two queries, whatever the rows.

    Steps missed while the clocks stood still are left out where a later one is reached: no burst follows.
    """
    rules = rules_in_force(source.kind, today)
    if not rules:
        return []
    calendar = current_calendar()
    found: dict[int, list[tuple[date, bool, date]]] = {rule.pk: [] for rule in rules}
    pairs = source.open_rows().order_by().values_list("due", "is_before").distinct()
    for due, is_before in pairs:
        last_day = due - _DAY if is_before else due
        days = [(step_day(rule, last_day, calendar), rule) for rule in rules]
        past = [(day, rule) for day, rule in days if day <= today]
        newest = max((day for day, _rule in past), default=None)
        for day, rule in past:
            if day == newest:
                found[rule.pk].append((due, bool(is_before), day))
    return [Reached(rule, tuple(found[rule.pk])) for rule in rules if found[rule.pk]]


def to_remind(source: MatterSource, reached: Reached) -> Iterable[QuerySet]:
    """Open rows of a step that were not reminded of it for this due date, by groups of due dates."""
    rule = reached.rule
    rows = source.open_rows()
    done = Reminder.objects.filter(
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id=OuterRef("pk"),
        kind=source.kind,
        rule=rule,
        offset=rule.offset,
        due_on=OuterRef("due"),
    )
    rows = rows.filter(~Exists(done)).order_by("pk")
    dues = sorted(reached.dues, key=lambda row: (row[1], row[0]))
    for start in range(0, len(dues), DATES_AT_ONCE):
        yield rows.filter(_any_of(dues[start : start + DATES_AT_ONCE], is_late=rule.offset > 0))


def _any_of(dues: list[tuple[date, bool, date]], *, is_late: bool) -> Q:
    wanted = Q(pk__in=[])
    if is_late:  # overdue work is reminded of whenever it was given
        for is_before, group in groupby(dues, key=lambda row: row[1]):
            wanted |= Q(due__in=[due for due, _is_before, _day in group], is_before=is_before)
        return wanted
    for due, is_before, day in dues:
        told_earlier = Q(since__isnull=True) | Q(since__lt=day)
        wanted |= Q(due=due, is_before=is_before) & told_earlier
    return wanted
