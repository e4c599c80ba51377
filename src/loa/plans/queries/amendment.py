"""Amendments of a plan, and the plan as it read on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from loa.plans.models import Amendment, AmendmentChange, Plan, Task
from loa.plans.queries.plan import overseen_by, plans_visible_to, reading_agency
from loa.plans.queries.printed import (
    Difference,
    Json,
    differences,
    printed_duty,
    printed_rule,
    printed_task,
)

Kind = AmendmentChange.Kind


def amendments_visible_to(user: Any) -> QuerySet[Amendment]:
    """Issued ones for every body the plan names; drafts for those who oversee the plan."""
    agency = reading_agency(user)
    if agency is None:
        return Amendment.objects.none()
    rows = Amendment.objects.filter(plan__in=plans_visible_to(user))
    return rows.filter(Q(state="issued") | overseen_by(agency, "plan__"))


def touchable(plan: Plan, kind: str) -> QuerySet[Any] | None:
    """What a kind of change may touch; None for what is added."""
    if kind in (Kind.CHANGE_TASK, Kind.END_TASK):
        return plan.tasks.filter(ended_on__isnull=True)
    if kind == Kind.CHANGE_DUTY:
        return plan.duties.all()
    return plan.reporting_rules.all() if kind == Kind.CHANGE_RULE else None


def amendments_of(plan: Plan) -> QuerySet[Amendment]:
    """Those in force, in the order in which they took effect."""
    return plan.amendments.filter(state="issued").order_by("effective_on", "pk")


def read_now(change: AmendmentChange) -> Json:
    """How the thing reads that a change touches; nothing for what is added. Ask the database afresh."""
    if change.task_id and change.kind in (Kind.CHANGE_TASK, Kind.END_TASK):
        task = Task.objects.prefetch_related("bodies__agency", "bodies__group", "targets").get(
            pk=change.task_id
        )
        return printed_task(task)
    if change.duty and change.kind == Kind.CHANGE_DUTY:
        change.duty.refresh_from_db()
        return printed_duty(change.duty)
    if change.rule and change.kind == Kind.CHANGE_RULE:
        change.rule.refresh_from_db()
        return printed_rule(change.rule)
    return {}


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change as it is shown: what it touches and what differs."""

    change: AmendmentChange
    differences: list[Difference]

    @property
    def subject(self) -> Any:
        return self.change.task or self.change.duty or self.change.rule


def changes_of(amendment: Amendment) -> list[ChangeView]:
    rows = amendment.changes.select_related("task__plan", "duty", "rule", "predecessor__plan")
    return [ChangeView(row, differences(row.before, row.after)) for row in rows]


def versions_of(task: Task) -> list[ChangeView]:
    """What amendments in force did to a task, the latest first."""
    rows = AmendmentChange.objects.filter(task=task, amendment__state="issued").select_related("amendment")
    return [
        ChangeView(row, differences(row.before, row.after))
        for row in rows.order_by("-amendment__effective_on", "-pk")
    ]


@dataclass(slots=True)
class TaskReading:
    task: Task
    reading: Json
    ended_by: Amendment | None = None
    changed_by: list[Amendment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlanReading:
    """The printed content of a plan on a day, and by which papers it came to read so."""

    plan: Plan
    day: date
    tasks: list[TaskReading]
    duties: list[Json]
    rules: list[Json]
    amendments: list[Amendment]


def plan_on(plan: Plan, day: date) -> PlanReading:
    """The plan as amended on a day (the day before the first amendment: as issued). Eight queries.

    Today's content, with what later papers changed taken back in reverse order.
    """
    tasks = {
        row.pk: TaskReading(row, printed_task(row))
        for row in plan.tasks.prefetch_related("bodies__agency", "bodies__group", "targets")
    }
    duties = {row.pk: printed_duty(row) for row in plan.duties.select_related("agency", "group")}
    rules = {row.pk: printed_rule(row) for row in plan.reporting_rules.select_related("to")}
    changes = AmendmentChange.objects.filter(amendment__plan=plan, amendment__state="issued")
    known = list(
        changes.select_related("amendment").order_by(
            "-amendment__effective_on", "-amendment", "-position", "-pk"
        )
    )
    for change in known:
        if change.amendment.effective_on > day:
            _take_back(change, tasks, duties, rules)
    for change in reversed(known):
        if change.amendment.effective_on <= day and change.task_id in tasks:
            _mark(tasks[change.task_id], change)
    return PlanReading(
        plan,
        day,
        list(tasks.values()),
        list(duties.values()),
        list(rules.values()),
        [row for row in amendments_of(plan) if row.effective_on <= day],
    )


def _take_back(
    change: AmendmentChange, tasks: dict[int, TaskReading], duties: dict[int, Json], rules: dict[int, Json]
) -> None:
    if change.kind == Kind.ADD_TASK:
        tasks.pop(change.task_id or 0, None)
    elif change.kind == Kind.CHANGE_TASK and change.task_id in tasks:
        tasks[change.task_id].reading = change.before
    elif change.kind == Kind.ADD_DUTY:
        duties.pop(change.duty_id or 0, None)
    elif change.kind == Kind.CHANGE_DUTY and change.duty_id in duties:
        duties[change.duty_id] = change.before
    elif change.kind == Kind.ADD_RULE:
        rules.pop(change.rule_id or 0, None)
    elif change.kind == Kind.CHANGE_RULE and change.rule_id in rules:
        rules[change.rule_id] = change.before


def _mark(row: TaskReading, change: AmendmentChange) -> None:
    if change.kind == Kind.END_TASK:
        row.ended_by = change.amendment
    elif change.amendment not in row.changed_by:
        row.changed_by.append(change.amendment)
