"""How much was asked and how much was produced: targets count deliverables, nobody types percentages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

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


def target_counts(tasks: QuerySet[Task] | Iterable[Task]) -> dict[int, list[TargetCount]]:
    """The targets of each task with what is counted for them, by task id. Two queries.

    A deliverable counts where its unit is the target's; one without a unit, or for a target
    without one, counts as well. What was withdrawn or is mere proof does not count.
    """
    targets = list(Target.objects.filter(task__in=tasks).order_by("task", "pk"))
    if not targets:
        return {}
    produced = produced_by_unit(tasks)
    counts: dict[int, list[TargetCount]] = {}
    for target in targets:
        counted = (
            _counted(target, produced.get(target.task_id, {}))
            if target.counts_itself
            else target.entered_quantity
        )
        counts.setdefault(target.task_id, []).append(TargetCount(target, counted))
    return counts


def produced_by_unit(tasks: QuerySet[Task] | Iterable[Task]) -> dict[int, dict[str, Decimal]]:
    """Sums of what was produced per task and unit. One query."""
    rows = (
        Deliverable.objects.filter(assignment__task__in=tasks, withdrawn_at__isnull=True, is_counted=True)
        .order_by()
        .values_list("assignment__task", "unit")
        .annotate(Sum("quantity"))
    )
    sums: dict[int, dict[str, Decimal]] = {}
    for task_id, unit, quantity in rows:
        units = sums.setdefault(task_id, {})
        units[fold(unit)] = units.get(fold(unit), _ZERO) + quantity
    return sums


def _counted(target: Target, units: dict[str, Decimal]) -> Decimal:
    wanted = fold(target.unit)
    return sum(
        (quantity for unit, quantity in units.items() if not unit or not wanted or unit == wanted), _ZERO
    )


def deliverable_counts(tasks: QuerySet[Task] | Iterable[Task]) -> dict[int, int]:
    """How many pieces of evidence stand behind each task, by task id. One query."""
    rows = (
        Deliverable.objects.filter(assignment__task__in=tasks, withdrawn_at__isnull=True)
        .order_by()
        .values_list("assignment__task")
        .annotate(Count("pk"))
    )
    return dict(rows)
