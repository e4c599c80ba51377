"""The day a clock of a case ends, and the day it would end if the time were extended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loa.core.calendar_data import current_calendar
from loa.core.counted_days import count_day
from loa.core.deadlines import CalendarRangeError
from loa.core.legal import MissingRuleError, rule_on
from loa.feedback.models import Case, CaseClock

EXTENSION = "feedback.extension"
SHIFT = "next"  # the Civil Code's rule for a last day that is not worked: see the rule "due.shift"


@dataclass(frozen=True, slots=True)
class Extension:
    """What one extension would do to the day an answer is due; `days`: calendar days."""

    days: int
    due_on: date
    until: date


def due_day(row: CaseClock, *, more_days: int = 0) -> date | None:
    """From the start by days or working days; pauses and extensions in calendar days, ending on a worked day.

    None where the calendar does not reach so far.
    """
    calendar = current_calendar()
    later = timedelta(days=row.paused_days + row.extended_days + more_days)
    try:
        if row.working_days is not None:
            due_on = count_day(row.start_on, working_days=row.working_days, calendar=calendar)
            return count_day(due_on + later, shift=SHIFT, calendar=calendar) if later else due_on
        return count_day(row.start_on + timedelta(days=row.days or 0) + later, shift=SHIFT, calendar=calendar)
    except CalendarRangeError:
        return None


def extension_open_to(case: Case, on: date) -> Extension | None:
    """None where no clock of an answer runs, it was extended before, or no text in force says by how much."""
    row = case.clocks.filter(kind="answer", stopped_on__isnull=True).first()
    if row is None or row.extended_days:
        return None
    try:
        days = rule_on(EXTENSION, on)["days"]
    except MissingRuleError:
        return None
    until = due_day(row, more_days=days)
    return Extension(days, row.due_on, until) if until else None
