"""The calendar of working days changes, and with it every open due date that was counted over the changed days.

One change is one transaction: the days, their history, the due dates and the notices of those concerned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, queries
from loa.core.access import require
from loa.core.calendar_data import forget_calendar, load_calendar
from loa.core.models import CalendarChange, CalendarDay, ChangedDay
from loa.core.previews import Preview, Values
from loa.core.recounting import recount_or_queue
from loa.core.sheets import SheetRow
from loa.core.text import format_date
from loa.core.workflow import FlowError, StaleError


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is wanted of one day: `after` is None where it is to be a plain day again."""

    on: date
    day: CalendarDay | None
    after: Values | None


@transaction.atomic
def add_day(*, by: Any, **values: Any) -> CalendarChange:
    """A day that differs from the plain week. Raises FlowError where the calendar has it already."""
    require(by, "core.manage_calendar")
    _lock()
    if CalendarDay.objects.filter(date=values["date"]).exists():
        raise FlowError(_("This day is already in the calendar. Change it there."))
    wish = _Wish(values["date"], None, values)
    return _change([wish], action="calendar.add_day", note=_named(values), by=by)


@transaction.atomic
def change_day(day: CalendarDay, *, by: Any, **values: Any) -> CalendarChange | None:
    """Correct a day; its date stays. None where nothing is different."""
    require(by, "core.manage_calendar")
    _lock()
    current = CalendarDay.objects.filter(pk=day.pk).first()
    if current is None:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    after = {**queries.values_of(current), **values, "date": current.date}
    if after == queries.values_of(current):
        return None
    wish = _Wish(current.date, current, after)
    return _change([wish], action="calendar.change_day", note=_named(after), by=by)


@transaction.atomic
def remove_day(day: CalendarDay, *, note: str, by: Any) -> CalendarChange:
    """The day follows the plain week again. Says why."""
    require(by, "core.manage_calendar")
    _lock()
    current = CalendarDay.objects.filter(pk=day.pk).first()
    if current is None:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    if not note.strip():
        raise FlowError(_("Say why the day is taken out of the calendar."))
    wish = _Wish(current.date, current, None)
    return _change(
        [wish], action="calendar.remove_day", note=f"{format_date(current.date)}: {note.strip()}", by=by
    )


@transaction.atomic
def import_calendar(rows: Iterable[SheetRow], *, digest: str, note: str = "", by: Any) -> Preview:
    """Do what the preview showed, all of it or nothing.

    `digest` is the preview's: when the calendar has changed since, StaleError, and nothing happens.
    """
    require(by, "core.manage_calendar")
    _lock()
    preview = queries.preview_calendar(rows)
    if preview.errors:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if preview.digest != digest:
        raise StaleError(_("The calendar has changed since the preview. Look at it again."))
    wishes = [_Wish(row.values["date"], None, row.values) for row in preview.added]
    wishes += [
        _Wish(row.obj.date, row.obj, {**queries.values_of(row.obj), **row.values}) for row in preview.changed
    ]
    wishes += [_Wish(row.obj.date, row.obj, None) for row in preview.removed]
    if wishes:
        told = note.strip() or _("From a sheet")
        _change(wishes, action="calendar.import", note=told, by=by, is_import=True)
    return preview


def _lock() -> None:
    """One change at a time: the next one counts with what this one leaves. Without rows, first those that ship."""
    if not CalendarDay.objects.exists():
        load_calendar()
    list(CalendarDay.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _change(
    wishes: list[_Wish], *, action: str, note: str, by: Any, is_import: bool = False
) -> CalendarChange:
    _check(wishes)
    change = CalendarChange.objects.create(note=note[:300], is_import=is_import, by=by, at=clock.now())
    ChangedDay.objects.bulk_create(_kept(change, wish) for wish in wishes)
    for wish in wishes:
        if wish.after is None:
            CalendarDay.objects.filter(date=wish.on).delete()
        else:
            CalendarDay.objects.update_or_create(date=wish.on, defaults=wish.after)
    forget_calendar()
    history.record(change, action, by=by, note=change.note, data={"days": [str(wish.on) for wish in wishes]})
    recount_or_queue(change)
    return change


def _check(wishes: list[_Wish]) -> None:
    removed = {wish.on for wish in wishes if wish.after is None}
    days = set(CalendarDay.objects.values_list("date", flat=True)) - removed
    days |= {wish.on for wish in wishes if wish.after is not None}
    if not days:
        raise FlowError(_("The calendar cannot be empty."))
    if why_not := queries.why_not_years({on.year for on in days}):
        raise FlowError(why_not)
    for wish in wishes:
        if wish.after and (why_not := queries.why_not_day(wish.on, wish.after["kind"])):
            raise FlowError(f"{format_date(wish.on)}: {why_not}")


def _kept(change: CalendarChange, wish: _Wish) -> ChangedDay:
    kinds = ChangedDay.Kind
    kind = kinds.REMOVED if wish.after is None else kinds.CHANGED if wish.day else kinds.ADDED
    before = _plain(queries.values_of(wish.day)) if wish.day else {}
    return ChangedDay(
        change=change, date=wish.on, kind=kind, before=before, after=_plain(wish.after) if wish.after else {}
    )


def _plain(values: Values) -> Values:
    """JSON-ready: days in ISO."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


def _named(values: Values) -> str:
    parts = [values["name"], values.get("legal_act") or ""]
    return f"{format_date(values['date'])}: {', '.join(part for part in parts if part)}"
