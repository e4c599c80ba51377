"""How much was asked and how much was produced: targets count deliverables, nobody types percentages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from loa.core.models import Entry
from loa.core.text import fold
from loa.plans.models import Deliverable, Target, Task

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class TargetCount:
    """`counted` is the real figure; `done` fills the bar and never passes the quantity asked."""

    target: Target
    counted: Decimal

    @property
    def quantity(self) -> Decimal:
        return self.target.quantity

    @property
    def done(self) -> Decimal:
        return min(self.counted, self.target.quantity)

    @property
    def is_reached(self) -> bool:
        return self.counted >= self.target.quantity


def target_counts(
    tasks: QuerySet[Task] | Iterable[Task], until: date | None = None, moment: datetime | None = None
) -> dict[int, list[TargetCount]]:
    """The targets of each task with what is counted for them (`until` a day, included), by task id. Two queries,
    three for what was recorded before a `moment`.

    A deliverable counts where its unit is the target's; one without a unit, or for a target
    without one, counts as well. What was withdrawn or is mere proof does not count.
    """
    targets = list(Target.objects.filter(task__in=tasks).order_by("task", "pk"))
    if not targets:
        return {}
    produced = produced_by_unit(tasks, until, moment)
    entered = entered_before(moment) if moment else {}
    counts: dict[int, list[TargetCount]] = {}
    for target in targets:
        counted = (
            _counted(target, produced.get(target.task_id, {}))
            if target.counts_itself
            else entered.get(target.pk, target.entered_quantity)
        )
        counts.setdefault(target.task_id, []).append(TargetCount(target, counted))
    return counts


def target_counter(targets: QuerySet[Target]) -> Callable[[Target], TargetCount]:
    """What counts any of these targets without asking again, for rows that are read one by one. One query."""
    produced = produced_by_unit(Task.objects.filter(pk__in=targets.order_by().values("task")))

    def count(target: Target) -> TargetCount:
        own = _counted(target, produced.get(target.task_id, {}))
        return TargetCount(target, own if target.counts_itself else target.entered_quantity)

    return count


def produced_by_unit(
    tasks: QuerySet[Task] | Iterable[Task], until: date | None = None, moment: datetime | None = None
) -> dict[int, dict[str, Decimal]]:
    """Sums of what was produced per task and unit, `until` a day. One query."""
    produced = counted_deliverables(until, moment).filter(assignment__task__in=tasks)
    rows = produced.order_by().values_list("assignment__task", "unit").annotate(Sum("quantity"))
    sums: dict[int, dict[str, Decimal]] = {}
    for task_id, unit, quantity in rows:
        units = sums.setdefault(task_id, {})
        units[fold(unit)] = units.get(fold(unit), _ZERO) + quantity
    return sums


def produced_for(targets: Iterable[Target], until: date | None = None) -> dict[int, list[Deliverable]]:
    """What each target counts, oldest first, by target id, `until` a day. One query."""
    counting = [target for target in targets if target.counts_itself]
    by_task: defaultdict[int, list[Deliverable]] = defaultdict(list)
    rows = counted_deliverables(until).filter(assignment__task__in={target.task_id for target in counting})
    for row in rows.select_related("assignment", "agency").order_by("on", "pk"):
        if row.assignment is not None:
            by_task[row.assignment.task_id].append(row)
    return {
        target.pk: [row for row in by_task[target.task_id] if answers_target(row.unit, target.unit)]
        for target in counting
    }


def counted_deliverables(until: date | None, moment: datetime | None = None) -> QuerySet[Deliverable]:
    """What counts for targets, of days up to `until`; with a moment, what was recorded and stood before it."""
    rows = Deliverable.objects.filter(is_counted=True)
    if moment is None:
        rows = rows.filter(withdrawn_at__isnull=True)
    else:
        stood = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=moment)
        rows = rows.filter(stood, recorded_at__lt=moment)
    return rows.filter(on__lte=until) if until else rows


def entered_before(moment: datetime) -> dict[int, Decimal]:
    """Quantities typed in that have changed since a moment, as they were before it, by target id. One query."""
    rows = Entry.objects.filter(action="task.enter_target", at__gte=moment).order_by("-at", "-pk")
    return {data["target"]: Decimal(data["from"]) for data in rows.values_list("data", flat=True)}


def answers_target(unit: str, asked: str) -> bool:
    """A unit counts for the same one; where either is not named, everything counts."""
    unit, asked = fold(unit), fold(asked)
    return not unit or not asked or unit == asked


def _counted(target: Target, units: dict[str, Decimal]) -> Decimal:
    return sum((quantity for unit, quantity in units.items() if answers_target(unit, target.unit)), _ZERO)


def deliverable_counts(tasks: QuerySet[Task] | Iterable[Task]) -> dict[int, int]:
    """How many pieces of evidence stand behind each task, by task id. One query."""
    rows = (
        Deliverable.objects.filter(assignment__task__in=tasks, withdrawn_at__isnull=True)
        .order_by()
        .values_list("assignment__task")
        .annotate(Count("pk"))
    )
    return dict(rows)
