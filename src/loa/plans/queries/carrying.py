"""Unfinished work at a plan's end, and the chain of tasks that go from one year's plan to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from rapidfuzz import fuzz

from loa.core.text import fold
from loa.plans.models import Assignment, Explanation, Extension, Plan, Target, Task
from loa.plans.queries.assignment import assignments_shared_with
from loa.plans.queries.plan import plans_visible_to, tasks_visible_to
from loa.plans.queries.target import TargetCount, deliverable_counts, target_counts
from loa.plans.states import OPEN_ASSIGNMENT_STATES

LIKELY = 80  # per cent of likeness from which a match is proposed as the answer
POSSIBLE = 45
SUGGESTIONS = 5
LONGEST_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A task that a closing plan leaves open: work not done, or targets not reached."""

    task: Task
    assignments: list[Assignment]
    targets: list[TargetCount]


def unfinished_tasks(plan: Plan) -> list[Unfinished]:
    """Four queries. What was ended before is finished business."""
    waiting = Assignment.objects.filter(state__in=OPEN_ASSIGNMENT_STATES).select_related("agency")
    tasks = list(
        plan.tasks.filter(ended_on__isnull=True).prefetch_related(
            Prefetch("assignments", waiting, to_attr="open_assignments")
        )
    )
    counts = target_counts(tasks)
    missed = {task.pk: [count for count in counts.get(task.pk, []) if not count.is_reached] for task in tasks}
    return [
        Unfinished(task, task.open_assignments, missed[task.pk])
        for task in tasks
        if task.open_assignments or missed[task.pk]
    ]


def open_extensions(plan: Plan) -> QuerySet[Extension]:
    rows = Extension.objects.filter(assignment__plan=plan, state="asked")
    return rows.select_related("assignment__task", "assignment__agency", "assignment__plan")


def explanations_owed_in(plan: Plan) -> QuerySet[Explanation]:
    rows = Explanation.objects.filter(assignment__plan=plan, state="asked")
    return rows.select_related("assignment__task", "assignment__agency", "assignment__plan")


def earlier_plans(plan: Plan) -> QuerySet[Plan]:
    """Plans of the years before by the same issuer, or that had the same coordinator."""
    same = Q(issuer=plan.issuer_id) | Q(coordinator=plan.coordinator_id)
    return Plan.objects.filter(same, year__lt=plan.year, parent=plan.parent_id).exclude(state="draft")


def tasks_to_carry(plan: Plan) -> QuerySet[Task]:
    """What last year's plans hand on to this one and nobody has taken yet."""
    taken = Task.objects.filter(predecessor=OuterRef("pk"))
    last = earlier_plans(plan).filter(year=plan.year - 1)
    rows = Task.objects.filter(~Exists(taken), plan__in=last, closing="carry")
    return rows.select_related("plan").order_by("plan", "position")


@dataclass(frozen=True, slots=True)
class Match:
    task: Task
    likeness: int  # per cent


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A task that says it is carried over, and the earlier tasks it may continue, the likeliest first."""

    task: Task
    matches: list[Match]

    @property
    def likely(self) -> Task | None:
        best = self.matches[0] if self.matches else None
        return best.task if best and best.likeness >= LIKELY else None


def unmatched_tasks(plan: Plan) -> QuerySet[Task]:
    return plan.tasks.filter(carried_over_from__isnull=False, predecessor__isnull=True)


def proposed_matches(plan: Plan) -> list[Unmatched]:
    """Each task that is printed as carried over, with the tasks of that year it is most like. Two queries."""
    tasks = list(unmatched_tasks(plan))
    if not tasks:
        return []
    taken = Task.objects.filter(predecessor=OuterRef("pk"))
    years = {task.carried_over_from for task in tasks}
    earlier = list(
        Task.objects.filter(~Exists(taken), plan__in=earlier_plans(plan), plan__year__in=years)
        .select_related("plan")
        .order_by("-plan__year", "position")
    )
    words = {task.pk: fold(task.content) for task in earlier}
    return [Unmatched(task, _matches(task, earlier, words)) for task in tasks]


def _matches(task: Task, earlier: list[Task], words: dict[int, str]) -> list[Match]:
    own = fold(task.content)
    found = [
        Match(other, round(fuzz.token_set_ratio(own, words[other.pk])))
        for other in earlier
        if other.plan.year == task.carried_over_from
    ]
    likeliest = sorted(found, key=lambda match: -match.likeness)[:SUGGESTIONS]
    return [match for match in likeliest if match.likeness >= POSSIBLE]


@dataclass(frozen=True, slots=True)
class Link:
    """One year of a chain, and what was produced in it."""

    task: Task
    targets: list[TargetCount]
    deliverable_count: int
    is_visible: bool
    is_this: bool


def chain_of(task: Task, user: Any) -> list[Link]:
    """The same work year by year, oldest first; empty where it stands alone. Queries grow with years, not rows."""
    if task.predecessor_id is None and not task.successors.exists():
        return []
    tasks = [*_before(task), task, *_after(task)]
    seen = set(tasks_visible_to(user).filter(pk__in=[row.pk for row in tasks]).values_list("pk", flat=True))
    shared = assignments_shared_with(user).filter(task__in=tasks).values_list("task", flat=True)
    read = set(shared)
    targets, counts = target_counts(tasks), deliverable_counts(tasks)
    return [
        Link(
            row,
            targets.get(row.pk, []) if row.pk in seen else [],
            counts.get(row.pk, 0) if row.pk in read else 0,
            row.pk in seen,
            row.pk == task.pk,
        )
        for row in tasks
    ]


def _before(task: Task) -> list[Task]:
    found: list[Task] = []
    current: int | None = task.predecessor_id
    while current and len(found) < LONGEST_CHAIN:
        row = Task.objects.select_related("plan").get(pk=current)
        found.insert(0, row)
        current = row.predecessor_id
    return found


def _after(task: Task) -> list[Task]:
    found: list[Task] = []
    current = task
    while len(found) < LONGEST_CHAIN:
        row = Task.objects.select_related("plan").filter(predecessor=current).first()
        if row is None:
            break
        found.append(row)
        current = row
    return found


def carried_tasks(plan: Plan) -> QuerySet[Task]:
    """Both lists of a plan: what it took from earlier plans, and what it hands on."""
    handed_on = Exists(Task.objects.filter(predecessor=OuterRef("pk")))
    return (
        plan.tasks.annotate(is_taken=handed_on)
        .filter(
            Q(predecessor__isnull=False) | Q(carried_over_from__isnull=False) | ~Q(closing="") | handed_on
        )
        .select_related("predecessor__plan", "plan")
        .prefetch_related(Prefetch("successors", Task.objects.select_related("plan")))
    )


def next_plans(plan: Plan, user: Any) -> QuerySet[Plan]:
    """Plans of the year after that take this plan's work over."""
    same = Q(issuer=plan.issuer_id) | Q(coordinator=plan.coordinator_id)
    return plans_visible_to(user).filter(same, year=plan.year + 1, parent=plan.parent_id)


def remaining(counts: Iterable[TargetCount]) -> list[Target]:
    """Targets of a task that goes on: what is still missing, unsaved."""
    return [
        Target(
            measure=count.target.measure,
            quantity=count.quantity - count.counted,
            unit=count.target.unit,
            counts_itself=count.target.counts_itself,
        )
        for count in counts
        if not count.is_reached
    ]
