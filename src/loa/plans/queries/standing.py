"""How an assignment stands on a day: the one definition behind every count, badge and filter of lateness."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerChoices, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from loa.plans.models import Assignment, Task
from loa.plans.states import CLOSED_ASSIGNMENT_STATES


class Standing(IntegerChoices):
    """In the order of concern: a task stands as the worst of its assignments.

    What was ended is out of every denominator, and named.
    """

    ENDED = -1, _("Ended")
    DONE = 0, _("Done on time")
    DONE_LATE = 1, _("Done late")
    ON_SCHEDULE = 2, _("On schedule")
    LATE = 3, _("Overdue")


def awaits_result(standing: Standing | None, due_on: date | None, day: date) -> bool:
    """Whether the due date still matters: not for work that is done, or handed in and past its date."""
    if standing is None or standing == Standing.LATE:
        return True
    return standing == Standing.ON_SCHEDULE and (due_on is None or due_on >= day)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some things stand how; `unassigned` counts tasks that no agency leads yet.

    `ended` ones are not part of the total: nobody owes them any more.
    """

    done: int = 0
    done_late: int = 0
    on_schedule: int = 0
    late: int = 0
    unassigned: int = 0
    ended: int = 0

    @property
    def total(self) -> int:
        return self.finished + self.on_schedule + self.late + self.unassigned

    @property
    def finished(self) -> int:
        return self.done + self.done_late

    @property
    def in_good_time(self) -> int:
        """Done on time, or still running within its date."""
        return self.done + self.on_schedule


def late_on(day: date, prefix: str = "") -> Q:
    """Assignments that are overdue on a day: past their date and not handed in within it.

    "Before the 2nd" is late on the 2nd, but a date granted later is itself the last day.
    `prefix` leads from another model ("assignments__").
    """
    return (
        ~Q(**{f"{prefix}state__in": CLOSED_ASSIGNMENT_STATES})
        & _past(day, prefix)
        & ~_waits_handed_in_time(prefix)
    )


def _past(day: date, prefix: str) -> Q:
    last_day_is_out = Q(
        **{f"{prefix}due_on": day, f"{prefix}task__is_due_before": True, f"{prefix}task__due_on": day}
    )
    return Q(**{f"{prefix}due_on__lt": day}) | last_day_is_out


def _handed_in_late(prefix: str) -> Q:
    on_a_last_day_that_is_out = Q(
        **{
            f"{prefix}submitted_on": F(f"{prefix}due_on"),
            f"{prefix}task__is_due_before": True,
            f"{prefix}task__due_on": F(f"{prefix}due_on"),
        }
    )
    return Q(**{f"{prefix}submitted_on__gt": F(f"{prefix}due_on")}) | on_a_last_day_that_is_out


def _waits_handed_in_time(prefix: str) -> Q:
    """Submitted in time and waiting for the other side, which is not the agency's lateness."""
    return Q(**{f"{prefix}state": "submitted", f"{prefix}submitted_on__isnull": False}) & ~_handed_in_late(
        prefix
    )


def standing_on(day: date, prefix: str = "") -> Case:
    """An expression for `annotate`: the `Standing` of each assignment on a day; none of one passed on."""
    return Case(
        When(Q(**{f"{prefix}state": "ended"}), then=Value(Standing.ENDED)),
        When(Q(**{f"{prefix}state": "passed_on"}), then=Value(None)),
        When(Q(**{f"{prefix}state": "done"}) & _handed_in_late(prefix), then=Value(Standing.DONE_LATE)),
        When(Q(**{f"{prefix}state": "done"}), then=Value(Standing.DONE)),
        When(_past(day, prefix) & ~_waits_handed_in_time(prefix), then=Value(Standing.LATE)),
        default=Value(Standing.ON_SCHEDULE),
        output_field=IntegerField(),
    )


def with_standing(assignments: QuerySet[Assignment], day: date) -> QuerySet[Assignment]:
    """The same assignments, each with `standing`."""
    return assignments.annotate(standing=standing_on(day))


def late_assignments(day: date) -> QuerySet[Assignment]:
    """Overdue on a day, in all plans that run."""
    return Assignment.objects.filter(late_on(day), plan__state="issued")


def tally_of(assignments: QuerySet[Assignment], day: date) -> Tally:
    """One query."""
    return _tally(with_standing(assignments.exclude(state="passed_on").order_by(), day))


def tally_of_tasks(tasks: QuerySet[Task], day: date) -> Tally:
    """Each task counted once, as the worst of its assignments. One query."""
    return _tally(with_task_standing(tasks.order_by(), day))


def with_task_standing(tasks: QuerySet[Task], day: date) -> QuerySet[Any]:
    """The same tasks, each with `standing`: the worst of its assignments; none where nobody leads it."""
    worst = Max(standing_on(day, "assignments__"), filter=Q(assignments__isnull=False))
    without_lead = Case(When(ended_on__isnull=False, then=Value(Standing.ENDED)), output_field=IntegerField())
    return tasks.annotate(standing=Coalesce(worst, without_lead))


def tallies_by_plan(tasks: QuerySet[Task], day: date) -> dict[int, Tally]:
    """As `tally_of_tasks`, for the tasks of many plans, by plan id. One query."""
    counts: dict[int, Counter[int | None]] = defaultdict(Counter)
    rows = with_task_standing(tasks.order_by(), day).values_list("plan_id", "standing")
    for plan_id, standing in rows.iterator():
        counts[plan_id][standing] += 1
    return {
        plan_id: Tally(
            done=found[Standing.DONE],
            done_late=found[Standing.DONE_LATE],
            on_schedule=found[Standing.ON_SCHEDULE],
            late=found[Standing.LATE],
            unassigned=found[None],
            ended=found[Standing.ENDED],
        )
        for plan_id, found in counts.items()
    }


def _tally(rows: QuerySet) -> Tally:
    counts = rows.aggregate(
        done=Count("pk", filter=Q(standing=Standing.DONE)),
        done_late=Count("pk", filter=Q(standing=Standing.DONE_LATE)),
        on_schedule=Count("pk", filter=Q(standing=Standing.ON_SCHEDULE)),
        late=Count("pk", filter=Q(standing=Standing.LATE)),
        unassigned=Count("pk", filter=Q(standing__isnull=True)),
        ended=Count("pk", filter=Q(standing=Standing.ENDED)),
    )
    return Tally(**counts)
