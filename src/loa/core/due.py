"""A due date in words: how long there is, or by how much it is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from loa.core import clock
from loa.core.calendar_data import current_calendar
from loa.core.counted_days import count_day
from loa.core.deadlines import Calendar, CalendarRangeError, DayStep, explain, working_days_between
from loa.core.models import CountedDay
from loa.core.text import format_date, weekday_name

SOON = 5  # working days within which the colour warns; a matter of display, not of law


@dataclass(frozen=True, slots=True)
class Due:
    label: str
    tone: str
    title: str
    last_day: date  # the last day on which the work is in time


def tell(due_on: date, *, is_before: bool = False, is_open: bool = True) -> Due:
    """The words for a due date as of today. `is_before`: the day itself is already too late."""
    last_day = due_on - timedelta(days=1) if is_before else due_on
    printed = format_date(due_on)
    shown = _("before %(date)s") % {"date": printed} if is_before else printed
    title = f"{weekday(due_on)}, {shown}"
    if not is_open:
        return Due(shown, "plain", title, last_day)
    label, tone = _left(last_day, shown)
    return Due(label, tone, title, last_day)


def _left(last_day: date, shown: str) -> tuple[str, str]:
    today = clock.today()
    if last_day < today:
        count = (today - last_day).days
        return ngettext("Overdue by %(n)d day", "Overdue by %(n)d days", count) % {"n": count}, "late"
    if last_day == today:
        return _("Due today"), "soon"
    left = _working_days(today, last_day)
    if left > SOON:
        return shown, "plain"
    words = ngettext("%(n)d working day left", "%(n)d working days left", left)
    return words % {"n": left}, "soon"


def _working_days(today: date, last_day: date) -> int:
    try:
        return working_days_between(today, last_day, current_calendar())
    except CalendarRangeError:
        return (last_day - today).days


def weekday(on: date) -> str:
    """The name of the weekday in the reader's language."""
    if (get_language() or "vi").startswith("vi"):
        return weekday_name(on)
    return formats.date_format(on, "l")


@dataclass(frozen=True, slots=True)
class Count:
    """How a date was found: every day from the one after `start` to `end`, and the working days among them."""

    start: date
    end: date
    number: int
    days: list[DayStep]
    is_past: bool = False  # the due date lies before today: the days since then are shown


LONGEST = 366  # days a page lists one by one


def count_forward(start: date, n: int) -> Count:
    """The n-th working day after `start`. Raises CalendarRangeError outside the calendar."""
    days = explain(start, n, current_calendar())
    return Count(start=start, end=days[-1].on if days else start, number=n, days=days)


def count_until(due_on: date, *, start: date) -> Count:
    """The working days between `start` and a due date; those since then where it is over."""
    first, last = sorted((start, due_on))
    calendar, number, days = current_calendar(), 0, []
    for offset in range(1, (last - first).days + 1):
        on = first + timedelta(days=offset)
        reason = calendar.reason(on)
        number += calendar.works_on(on)
        days.append(DayStep(on=on, number=number, reason=reason, special=calendar.days.get(on)))
    return Count(start=first, end=last, number=number, days=days, is_past=due_on < start)


@dataclass(frozen=True, slots=True)
class ToldCount:
    """How a due date that is kept with its count was found: the count, then the shift off days not worked."""

    row: CountedDay
    count: Count | None  # none where the day itself was named by a text
    shifted: list[DayStep]  # from the day found to the day it moved to; empty where it did not move
    differs_on: date | None  # what the calendar of today would give, where that is another day
    is_in_calendar: bool = True


def tell_count(row: CountedDay) -> ToldCount:
    """A remembered count, day by day, by the calendar as it is now."""
    calendar = current_calendar()
    try:
        count = None if row.working_days is None else count_forward(row.start_on, row.working_days)
        found_on = count.end if count else row.start_on
        shift = CountedDay.Shift(row.shift)
        due_on = count_day(row.start_on, working_days=row.working_days, shift=shift, calendar=calendar)
        shifted = _between(found_on, due_on, calendar)
    except CalendarRangeError:
        return ToldCount(row, None, [], None, is_in_calendar=False)
    return ToldCount(row, count, shifted, due_on if due_on != row.due_on else None)


def _between(first: date, last: date, calendar: Calendar) -> list[DayStep]:
    """Each day from one to another, both ends named; nothing where they are the same."""
    step = timedelta(days=1 if last > first else -1)
    days = [first + offset * step for offset in range(abs((last - first).days) + 1)] if first != last else []
    return [
        DayStep(on=on, number=0, reason=calendar.reason(on), special=calendar.days.get(on)) for on in days
    ]
