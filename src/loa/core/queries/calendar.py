from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.calendar_data import current_calendar
from loa.core.models import CalendarChange, CalendarDay, ChangedDay
from loa.core.previews import FieldChange, Preview, RowChange, Values
from loa.core.sheets import LONGEST_CELL, RowError, SheetRow, read_day, spoken
from loa.core.text import fold, format_date

COLUMNS: dict[str, Any] = {
    "date": gettext_lazy("Day"),
    "kind": gettext_lazy("What it is"),
    "name": gettext_lazy("Name"),
    "name_en": gettext_lazy("Name in English"),
    "legal_act": gettext_lazy("Legal act"),
    "announced_on": gettext_lazy("Announced on"),
    "source": gettext_lazy("Source"),
}
REQUIRED = ("date", "kind", "name")
_SATURDAY = 5
_DATES = ("date", "announced_on")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far due dates can be counted, and what is still open within."""

    first: date
    last: date
    unannounced: list[tuple[int, int]]  # years to come, with how many of their days no text has announced yet
    is_short: bool  # the year after this one is not there


def calendar_days() -> QuerySet[CalendarDay]:
    return CalendarDay.objects.all()


def calendar_years() -> list[int]:
    return [day.year for day in CalendarDay.objects.dates("date", "year")]


def calendar_changes() -> QuerySet[CalendarChange]:
    return CalendarChange.objects.select_related("by", "job").annotate(
        day_count=Count("days", distinct=True), moved_count=Count("moved", distinct=True)
    )


def history_of_day(on: date) -> QuerySet[ChangedDay]:
    return ChangedDay.objects.filter(date=on).select_related("change__by").order_by("-change__at", "-pk")


def reach(today: date) -> Reach:
    calendar = current_calendar()
    open_days = CalendarDay.objects.filter(date__gt=today, legal_act="").values_list("date", flat=True)
    counts: dict[int, int] = {}
    for on in open_days:
        counts[on.year] = counts.get(on.year, 0) + 1
    return Reach(calendar.first, calendar.last, sorted(counts.items()), calendar.last.year <= today.year)


def why_not_day(on: date, kind: str) -> str | None:
    """Why a day cannot be of a kind: a plain weekday is worked anyway."""
    if kind == CalendarDay.Kind.WORK and on.weekday() < _SATURDAY:
        return _("This is a weekday: it is worked anyway.")
    return None


def why_not_years(years: set[int]) -> str | None:
    """Why a calendar cannot hold just these years: between the first and the last none may be missing."""
    missing = set(range(min(years), max(years) + 1)) - years if years else set()
    if not missing:
        return None
    listed = ", ".join(str(year) for year in sorted(missing)[:5])
    return _("The calendar would have no days for %(years)s. Enter these years first.") % {"years": listed}


def values_of(day: CalendarDay) -> Values:
    return {key: getattr(day, key) for key in COLUMNS}


def preview_calendar(rows: Iterable[SheetRow]) -> Preview:
    """Compare a sheet with the calendar. It holds whole years: a day of those that it lacks is removed. One query."""
    known = {day.date: day for day in CalendarDay.objects.all()}
    found = Preview()
    seen: dict[date, int] = {}
    for row in rows:
        try:
            values = _read(row, seen)
        except ValidationError as error:
            found.errors.append(RowError(row.number, row.cells.get("date", ""), " ".join(error.messages)))
            continue
        _sort_in(found, row.number, values, known.get(values["date"]))
    years = {on.year for on in seen}
    found.removed = [
        RowChange(0, format_date(on), {"date": on}, day)
        for on, day in sorted(known.items())
        if on.year in years and on not in seen
    ]
    why_not = why_not_years(years | {on.year for on in known})
    if why_not and not found.errors:
        found.errors.append(RowError(1, "", why_not))
    return found


def _sort_in(found: Preview, number: int, values: Values, day: CalendarDay | None) -> None:
    label = format_date(values["date"])
    if day is None:
        found.added.append(RowChange(number, label, values))
        return
    changes = tuple(_differences(day, values))
    if changes:
        found.changed.append(RowChange(number, label, values, day, changes))
    else:
        found.unchanged_count += 1


def _differences(day: CalendarDay, values: Values) -> Iterator[FieldChange]:
    now = values_of(day)
    for key, new in values.items():
        if now[key] != new:
            yield FieldChange(key, str(COLUMNS[key]), in_words(key, now[key]), in_words(key, new))


def in_words(key: str, value: Any) -> Any:
    return CalendarDay.Kind(value).label if key == "kind" and value else value


def _read(row: SheetRow, seen: dict[date, int]) -> Values:
    """The values of a row, each cell checked; every fault of the row is named."""
    values: Values = {}
    wrong: list[str] = []
    for key, cell in row.cells.items():
        try:
            values[key] = _value(key, cell)
        except ValidationError as error:
            wrong += [f"{COLUMNS[key]}: {message}" for message in error.messages]
    on = values.get("date")
    if on in seen:
        wrong.append(_("The day occurs before, in row %(n)d.") % {"n": seen[on]})
    if not wrong and (why_not := why_not_day(values["date"], values["kind"])):
        wrong.append(why_not)
    if on is not None:
        seen.setdefault(on, row.number)
    if wrong:
        raise ValidationError(wrong)
    return values


def _value(key: str, cell: str) -> Any:
    if len(cell) > LONGEST_CELL:
        raise ValidationError(_("The text is too long."))
    if key in _DATES and cell:
        day = read_day(cell)
        if day is None:
            raise ValidationError(_("“%(cell)s” is not a date such as 31/12/2025.") % {"cell": cell})
        return day
    if key == "kind":
        cell = spoken(dict(CalendarDay.Kind.choices)).get(fold(cell), cell)
    field: Any = CalendarDay._meta.get_field(key)  # noqa: SLF001  public API
    return field.clean(cell if key not in _DATES else None, None)
