"""Working days of public offices: weekends, holidays, days off in exchange and the Saturdays worked for them.

The day after the start is day 1. A calendar covers whole years; outside it nothing is guessed.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    OFF = "off"
    WORK = "work"


class Reason(StrEnum):
    """Why a day counts, or why it does not."""

    WORKING = "working"
    MADE_UP = "made_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from the plain week; without a legal act it is expected, not yet announced."""

    on: date
    kind: DayKind
    name: str
    name_en: str = ""
    legal_act: str | None = None

    @property
    def is_announced(self) -> bool:
        return bool(self.legal_act)


@dataclass(frozen=True)
class DayStep:
    """One day of a count. `number` is the running count after this day."""

    on: date
    number: int
    reason: Reason
    special: SpecialDay | None = None

    @property
    def counts(self) -> bool:
        return self.reason in (Reason.WORKING, Reason.MADE_UP)

    @property
    def is_certain(self) -> bool:
        return self.special is None or self.special.is_announced


class CalendarRangeError(ValueError):
    """The count needs a day that the calendar does not cover."""

    def __init__(self, on: date, calendar: "Calendar") -> None:
        self.on, self.first, self.last = on, calendar.first, calendar.last
        super().__init__(f"{on} lies outside the calendar ({calendar.first} to {calendar.last})")


@dataclass(frozen=True)
class Calendar:
    first: date
    last: date
    days: dict[date, SpecialDay] = field(default_factory=dict)

    @classmethod
    def of(cls, days: Iterable[SpecialDay], *, first: date, last: date) -> "Calendar":
        return cls(first=first, last=last, days={day.on: day for day in days})

    def reason(self, on: date) -> Reason:
        if not self.first <= on <= self.last:
            raise CalendarRangeError(on, self)
        special = self.days.get(on)
        if special is not None:
            return Reason.MADE_UP if special.kind == DayKind.WORK else Reason.HOLIDAY
        return Reason.WEEKEND if on.weekday() >= _SATURDAY else Reason.WORKING

    def works_on(self, on: date) -> bool:
        return self.reason(on) in (Reason.WORKING, Reason.MADE_UP)


def add_working_days(start: date, n: int, calendar: Calendar) -> date:
    """The n-th working day after `start` (0 is `start` itself, working or not).

    Raises CalendarRangeError when the count leaves the calendar, ValueError when n is negative.
    """
    last = start
    for step in _steps(start, n, calendar):
        last = step.on
    return last


def explain(start: date, n: int, calendar: Calendar) -> list[DayStep]:
    """Day by day how `add_working_days` got there; raises what it raises."""
    return list(_steps(start, n, calendar))


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and with `end`; negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start, calendar)
    span = (end - start).days
    return sum(calendar.works_on(start + timedelta(days=offset)) for offset in range(1, span + 1))


def _steps(start: date, n: int, calendar: Calendar) -> Iterator[DayStep]:
    if n < 0:
        raise ValueError("A deadline counts forward: n must not be negative")
    on, number = start, 0
    while number < n:
        on = _next_day(on, calendar)
        reason = calendar.reason(on)
        number += reason in (Reason.WORKING, Reason.MADE_UP)
        yield DayStep(on=on, number=number, reason=reason, special=calendar.days.get(on))


def _next_day(on: date, calendar: Calendar) -> date:
    if on == date.max:
        raise CalendarRangeError(on, calendar)
    return on + _ONE_DAY


@cache
def shipped_calendar() -> Calendar:
    """The calendar that comes with the program; a site's own rows may replace it."""
    text = resources.files("loa.core").joinpath("data/calendar.json").read_text(encoding="utf-8")
    content = json.loads(text)
    return Calendar.of(
        (_special_day(row) for row in content["days"]),
        first=date.fromisoformat(content["first"]),
        last=date.fromisoformat(content["last"]),
    )


def _special_day(row: dict[str, str | None]) -> SpecialDay:
    return SpecialDay(
        on=date.fromisoformat(str(row["date"])),
        kind=DayKind(str(row["kind"])),
        name=str(row["name"]),
        name_en=str(row["name_en"]),
        legal_act=row["legal_act"],
    )
