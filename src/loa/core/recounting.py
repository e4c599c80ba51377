"""The calendar has changed: every open due date that was counted over the changed days is counted anew.

Each one that moves is moved by its own app's action and kept as a `MovedDay`. Counting twice moves nothing
the second time, so a job that was killed goes on where it was.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loa.core import progress
from loa.core.calendar_data import current_calendar, forget_calendar
from loa.core.counted_days import CountedField, count_day, counted_fields
from loa.core.deadlines import Calendar, CalendarRangeError
from loa.core.models import CalendarChange, CountedDay, Job, MovedDay

AT_ONCE = 100  # due dates counted anew within the act itself; more are left to a job
BATCH_SIZE = 100


def recount_or_queue(change: CalendarChange) -> None:
    """Count anew within the transaction that changed the days; where there are many, in a job after it."""
    count = sum(len(keys) for _known, keys in _affected(change))
    if count <= AT_ONCE:
        recount(change)
        return
    title = _("Count due dates anew: %(change)s") % {"change": change}
    job = progress.start(title, "loa.core.jobs.recount", change.pk, total=count, by=change.by)
    change.job = job
    change.save(update_fields=["job"])


def recount(change: CalendarChange) -> None:
    for known, keys in _affected(change):
        _recount(change, known, keys)


def recount_in_batches(change: CalendarChange, job: Job) -> None:
    """The same for many, each batch in a transaction of its own."""
    progress.begin(job)
    for known, keys in _affected(change):
        for start in range(0, len(keys), BATCH_SIZE):
            batch = keys[start : start + BATCH_SIZE]
            with transaction.atomic():
                _recount(change, known, batch)
            progress.advance(job, len(batch))
    progress.finish(job, result_url=change.get_absolute_url())


def _affected(change: CalendarChange) -> list[tuple[CountedField, list[int]]]:
    """Open dates whose count passes a changed day; a shift backwards ends before its start."""
    days = sorted(change.days.values_list("date", flat=True))
    if not days:
        return []
    first, last = days[0], days[-1]
    passes = Q(start_on__lte=last, due_on__gte=first) | Q(due_on__lte=last, start_on__gte=first)
    return [
        (known, list(known.rows().filter(passes).order_by("pk").values_list("pk", flat=True)))
        for known in counted_fields()
    ]


def _recount(change: CalendarChange, known: CountedField, keys: list[int]) -> None:
    forget_calendar()
    calendar = current_calendar()
    rows = list(known.rows().filter(pk__in=keys).select_for_update())
    objects = known.model._default_manager.in_bulk([row.object_id for row in rows])  # noqa: SLF001
    for row in rows:
        obj = objects[row.object_id]
        if getattr(obj, known.name) != row.due_on:  # a person has set it since: it is no longer counted
            row.delete()
            continue
        due_on = _counted_again(row, calendar)
        if due_on is None:
            _keep(change, row, label=str(obj), why_not=_("The calendar does not reach that far any more."))
        elif due_on != row.due_on:
            _move(change, known, row, obj, due_on)


def _counted_again(row: CountedDay, calendar: Calendar) -> date | None:
    try:
        return count_day(
            row.start_on, working_days=row.working_days, shift=CountedDay.Shift(row.shift), calendar=calendar
        )
    except CalendarRangeError:
        return None


def _move(change: CalendarChange, known: CountedField, row: CountedDay, obj: object, due_on: date) -> None:
    reason = _("The calendar of working days has changed: %(change)s") % {"change": change}
    moving = known.move(obj, due_on=due_on, reason=reason, by=change.by)
    _keep(
        change,
        row,
        label=moving.label,
        url=moving.url,
        whose=moving.whose,
        told=sorted(str(person) for person in moving.told),
        new_on=due_on,
    )
    row.due_on = due_on
    row.save(update_fields=["due_on"])


def _keep(change: CalendarChange, row: CountedDay, *, label: str, whose: str = "", **words: object) -> None:
    MovedDay.objects.update_or_create(
        change=change,
        content_type_id=row.content_type_id,
        object_id=row.object_id,
        field=row.field,
        defaults={"old_on": row.due_on, "label": label[:500], "whose": whose[:500], **words},
    )
