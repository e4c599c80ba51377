"""Assignments as they were before a moment. One definition with the present: what is read back from the
history takes the place of the fields, and `standing_on` counts it in the same way.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, DateField, Exists, F, Field, QuerySet, Subquery, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from loa.core.models import Entry
from loa.core.then import entries_before, entries_since, kept, state_before
from loa.plans.models import Assignment
from loa.plans.queries.standing import standing_on
from loa.plans.states import ASSIGNMENT

THEN = "then_"  # the prefix that leads `late_on` and `standing_on` to what was
# Acts that move a due date; their data say from which day ("from") to which ("to").
DUE_MOVED = ("assignment.extend", "assignment.amend")
MOVED_AT_MOST = 50_000  # ids that a database keeps at hand while it reads the rows


def assignments_then(rows: QuerySet[Assignment], day: date, moment: datetime | None = None) -> QuerySet[Any]:
    """Those of `rows` that were assigned by a day, each with `then_state`, `then_due_on`, `then_submitted_on`
    and its `standing` on that day. Without a moment they are as they are now.
    """
    state, due_on, submitted_on = _fields(moment)
    return (
        rows.filter(assigned_on__lte=day)
        .annotate(
            then_state=state,
            then_due_on=due_on,
            then_submitted_on=submitted_on,
            then_task__is_due_before=F("task__is_due_before"),
            then_task__due_on=F("task__due_on"),
        )
        .annotate(standing=standing_on(day, THEN))
    )


def _fields(moment: datetime | None) -> tuple:
    present = F("state"), F("due_on"), F("submitted_on")
    if moment is None:
        return present
    then = state_before(Assignment, ASSIGNMENT, moment), _due_on(moment), _submitted_on(moment)
    moved = _moved_since(moment)
    if moved is None:
        return then
    days: list[Field] = [DateField(null=True), DateField(null=True)]
    return tuple(
        Case(When(pk__in=moved, then=was), default=now, output_field=field)
        for was, now, field in zip(then, present, [CharField(), *days], strict=True)
    )


def _moved_since(moment: datetime) -> QuerySet[Any] | None:
    """Assignments of which something was done at or after a moment: the history of the others need not be read.

    None where they are so many that reading everybody's history is no dearer.
    """
    actions = [*(f"{ASSIGNMENT.noun}.{step.name}" for step in ASSIGNMENT.steps), *DUE_MOVED]
    moved = Entry.objects.filter(action__in=actions, at__gte=moment).values("object_id")
    return moved if moved.order_by()[: MOVED_AT_MOST + 1].count() <= MOVED_AT_MOST else None


def _due_on(moment: datetime) -> Coalesce:
    moved = kept(entries_since(Assignment, moment, *DUE_MOVED), "from")
    return Coalesce(Cast(moved, DateField()), F("due_on"))


def _submitted_on(moment: datetime) -> Case:
    """Where it was handed in again since, the day before that; a return does not clear it."""
    again = Exists(entries_since(Assignment, moment, "assignment.submit"))
    on = TruncDate("at", tzinfo=timezone.get_default_timezone())
    before = entries_before(Assignment, moment, "assignment.submit").annotate(on=on).values("on")[:1]
    return Case(
        When(again, then=Subquery(before)), default=F("submitted_on"), output_field=DateField(null=True)
    )
