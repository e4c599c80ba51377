"""The working-day calendar of this installation: its rows, seeded from the one that ships with the program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from importlib import resources
from typing import Any

from django.http import HttpRequest, HttpResponse

from loa.core.deadlines import Calendar, DayKind, SpecialDay, shipped_calendar
from loa.core.models import CalendarDay

_COLUMNS = ("date", "kind", "name", "name_en", "legal_act")
_of_this_request: ContextVar[list[Calendar] | None] = ContextVar("calendar", default=None)


def load_calendar() -> int:
    """Add the shipped days of years that have none yet; a year that is there stays as an administrator left it.

    Returns how many days were added. A second run adds none.
    """
    text = resources.files("loa.core").joinpath("data/calendar.json").read_text(encoding="utf-8")
    days = [_row(day) for day in json.loads(text)["days"]]
    known = {day.year for day in CalendarDay.objects.dates("date", "year")}
    added = CalendarDay.objects.bulk_create(
        [day for day in days if day.date.year not in known], ignore_conflicts=True
    )
    forget_calendar()
    return len(added)


def _row(day: dict[str, Any]) -> CalendarDay:
    announced = day["announced_on"]
    return CalendarDay(
        date=date.fromisoformat(day["date"]),
        kind=day["kind"],
        name=day["name"],
        name_en=day["name_en"],
        legal_act=day["legal_act"] or "",
        announced_on=date.fromisoformat(announced) if announced else None,
        source=day["source"] or "",
    )


def current_calendar() -> Calendar:
    """The calendar to count with; the shipped one where no row is loaded. One query, once in a request.

    It covers the whole years that have rows; years are loaded as a whole.
    """
    cell = _of_this_request.get()
    if cell is None:
        return _read_calendar()
    if not cell:
        cell.append(_read_calendar())
    return cell[0]


def forget_calendar() -> None:
    """After a day has changed: count with the new rows in this very request."""
    cell = _of_this_request.get()
    if cell:
        cell.clear()


def _read_calendar() -> Calendar:
    rows = list(CalendarDay.objects.values_list(*_COLUMNS).order_by("date"))
    if not rows:
        return shipped_calendar()
    days = [
        SpecialDay(on=on, kind=DayKind(kind), name=name, name_en=name_en, legal_act=legal_act or None)
        for on, kind, name, name_en, legal_act in rows
    ]
    return Calendar.of(days, first=date(days[0].on.year, 1, 1), last=date(days[-1].on.year, 12, 31))


@contextmanager
def one_calendar() -> Iterator[None]:
    """What happens inside reads the calendar once; inside another such piece it is that one's."""
    if _of_this_request.get() is not None:
        yield
        return
    token = _of_this_request.set([])
    try:
        yield
    finally:
        _of_this_request.reset(token)


class CalendarMiddleware:
    """A page with a hundred due dates reads the calendar once; the next page reads it anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_calendar():
            return self.get_response(request)
