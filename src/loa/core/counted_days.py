"""Due dates that were counted: each remembers how, so that a person can ask and a changed calendar can move it."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models

from loa.core.calendar_data import current_calendar
from loa.core.deadlines import Calendar, add_working_days
from loa.core.models import CountedDay

_STEPS = {CountedDay.Shift.NONE: 0, CountedDay.Shift.NEXT: 1, CountedDay.Shift.PREVIOUS: -1}


def count_day(
    start_on: date, *, working_days: int | None = None, shift: str = "none", calendar: Calendar | None = None
) -> date:
    """The n-th working day after a day, or the day itself moved off a day that is not worked.

    Raises CalendarRangeError where the calendar does not reach that far.
    """
    calendar = calendar or current_calendar()
    day = start_on if working_days is None else add_working_days(start_on, working_days, calendar)
    step = timedelta(days=_STEPS[CountedDay.Shift(shift)])
    while step and not calendar.works_on(day):
        day += step
    return day


def remember_count(
    obj: models.Model,
    *,
    due_on: date,
    start_on: date,
    working_days: int | None = None,
    shift: str = "none",
    legal_basis: str = "",
    field: str = "due_on",
) -> CountedDay:
    """Keep how `due_on` of an object was counted; said again, it replaces what was said."""
    row, _is_new = CountedDay.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        field=field,
        defaults={
            "start_on": start_on,
            "working_days": working_days,
            "shift": shift,
            "due_on": due_on,
            "legal_basis": legal_basis,
        },
    )
    return row
