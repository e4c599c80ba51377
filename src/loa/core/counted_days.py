"""Due dates that were counted: each remembers how, so that a person can ask and a changed calendar can move it.

An app registers each of its fields that holds such dates (`register_counted`, once, from `ready`): which rows
are still open, who may see them, and the action that moves one. The calendar calls; no app is imported here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

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


def remember_new_counts(counted: Iterable[tuple[models.Model, Mapping[str, Any]]]) -> None:
    """The same for objects that have just been made, in one statement: each with what `remember_count` takes."""
    rows = [
        CountedDay(
            content_type=ContentType.objects.get_for_model(obj),
            object_id=obj.pk,
            field="due_on",
            **facts,
        )
        for obj, facts in counted
    ]
    CountedDay.objects.bulk_create(rows)


def forget_count(obj: models.Model, *, field: str = "due_on") -> None:
    """A date that a person set by hand, or extended, is no longer counted: the calendar leaves it alone."""
    CountedDay.objects.filter(
        content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk, field=field
    ).delete()


@dataclass(frozen=True, slots=True)
class Moving:
    """What a mover has done, in words: what moved, whose it is, and the people who were told."""

    label: str
    whose: str = ""
    url: str = ""
    told: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CountedField:
    """A field of due dates. `move(obj, due_on=…, reason=…, by=…)` sets, records and tells; returns `Moving`."""

    label: str  # "reports.ReportRound"
    name: str  # "due_on"
    open_rows: Callable[[], QuerySet]
    visible_to: Callable[[Any], QuerySet]
    move: Callable[..., Moving]

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.label)

    def rows(self) -> QuerySet[CountedDay]:
        """How the open dates of this field were counted."""
        kind = ContentType.objects.get_for_model(self.model)
        open_keys = self.open_rows().order_by().values("pk")
        return CountedDay.objects.filter(content_type=kind, field=self.name, object_id__in=open_keys)


_fields: dict[tuple[str, str], CountedField] = {}


def register_counted(
    label: str,
    name: str = "due_on",
    *,
    open_rows: Callable[[], QuerySet],
    visible_to: Callable[[Any], QuerySet],
    move: Callable[..., Moving],
) -> None:
    """Say which dates of a model a changed calendar moves; once, from an app's `ready`."""
    _fields[label.lower(), name] = CountedField(label, name, open_rows, visible_to, move)


def counted_fields() -> Iterable[CountedField]:
    return list(_fields.values())


def key_of(obj: models.Model, name: str = "due_on") -> str:
    """How a page's address names a counted date: "reports.reportround.12.due_on". No query."""
    return f"{obj._meta.label_lower}.{obj.pk}.{name}"  # noqa: SLF001  Django's documented way to a model's name


def find_count(key: str, user: Any) -> CountedDay | None:
    """How the date a key names was counted, where this person may see the object it belongs to."""
    parts = key.split(".")
    if len(parts) != 4 or not parts[2].isascii() or not parts[2].isdigit() or len(parts[2]) > 18:
        return None
    known = _fields.get((f"{parts[0]}.{parts[1]}", parts[3]))
    if known is None or not user.is_authenticated:
        return None
    if not known.visible_to(user).filter(pk=int(parts[2])).exists():
        return None
    kind = ContentType.objects.get_for_model(known.model)
    return CountedDay.objects.filter(content_type=kind, object_id=int(parts[2]), field=known.name).first()
