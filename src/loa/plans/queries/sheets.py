"""What a page about one thing shows, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from loa.core.access import permits
from loa.core.history import entries_of
from loa.core.models import Entry
from loa.core.workflow import OpenStep, Step
from loa.plans.models import (
    Amendment,
    Assignment,
    CoordinationRequest,
    Deliverable,
    DutyAssignment,
    Extension,
    ProgressNote,
    SubPlan,
    Task,
)
from loa.plans.queries.amendment import ChangeView, versions_of
from loa.plans.queries.assignment import (
    assignments_shared_with,
    duty_assignments_shared_with,
    requests_visible_to,
)
from loa.plans.queries.carrying import Link, chain_of
from loa.plans.queries.overview import TaskProgress, task_progress
from loa.plans.queries.plan import reading_agency
from loa.plans.queries.standing import awaits_result, with_standing
from loa.plans.queries.steps import (
    accepting_agency,
    assignment_steps,
    explanation_steps,
    extension_steps,
    occurrence_steps,
    plan_refusal,
    request_steps,
)
from loa.plans.queries.target import TargetCount, target_counts
from loa.plans.states import CLOSED_ASSIGNMENT_STATES, SUB_PLAN

SHOWN = 200  # rows of one kind on a page; the lists show all


@dataclass(frozen=True, slots=True)
class Acting:
    """A thing and the steps a person may take with it now."""

    obj: Any
    steps: list[OpenStep]


@dataclass(frozen=True, slots=True)
class TaskSheet:
    task: Task
    is_shared: bool
    progress: TaskProgress | None
    awaits_result: bool
    assignments: list[Assignment]
    own: list[Acting]  # the assignments the reader can move, with the steps
    targets: list[TargetCount]
    deliverables: list[Deliverable]
    requests: list[Acting]
    occurrences: list[Acting]
    entries: list[Entry]
    chain: list[Link]
    versions: list[ChangeView]
    drafts: list[Amendment]  # amendments being drafted, for who drafts them
    may_classify: bool
    may_carry: bool
    may_add_occurrence: bool


@dataclass(frozen=True, slots=True)
class AssignmentSheet:
    assignment: Assignment
    accepted_by: Any
    is_shared: bool
    refusal: str | None
    steps: list[OpenStep]
    notes: list[ProgressNote]
    deliverables: list[Deliverable]
    extensions: list[Acting]
    explanations: list[Acting]
    targets: list[TargetCount]
    entries: list[Entry]
    may: dict[str, bool]


@dataclass(frozen=True, slots=True)
class DutySheet:
    duty_assignment: DutyAssignment
    is_shared: bool
    notes: list[ProgressNote]
    deliverables: list[Deliverable]
    entries: list[Entry]
    may_work: bool
    sub_plan: SubPlan | None  # the plan of its own that this duty asks of the body
    sub_plan_steps: list[Step]


def task_sheet(task: Task, user: Any, day: date) -> TaskSheet:
    shared = assignments_shared_with(user).filter(task=task)
    assignments = list(
        with_standing(task.assignments.all(), day)
        .select_related("agency", "officer")
        .order_by(_own_first(user), "agency__sort_name")[:SHOWN]
    )
    for assignment in assignments:
        assignment.task, assignment.plan = task, task.plan
    is_shared = shared.exists() or _has_request(task, user)
    requests = _requests(task, user)
    occurrences = list(task.occurrences.select_related("lead"))
    for occurrence in occurrences:
        occurrence.task = task
    progress = task_progress([task], day).get(task.pk)
    return TaskSheet(
        task=task,
        is_shared=is_shared,
        progress=progress,
        awaits_result=awaits_result(progress.standing if progress else None, task.due_on, day),
        assignments=assignments,
        own=_movable(user, assignments),
        targets=target_counts([task]).get(task.pk, []),
        deliverables=_deliverables_of_task(task) if is_shared else [],
        requests=[Acting(request, request_steps(user, request)) for request in requests],
        occurrences=[Acting(occurrence, occurrence_steps(user, occurrence)) for occurrence in occurrences],
        entries=_story(task, assignments if is_shared else [], requests, occurrences),
        chain=chain_of(task, user),
        versions=versions_of(task),
        drafts=_drafts(task, user),
        may_classify=permits(user, "plans.classify_tasks", task.plan),
        may_carry=permits(user, "plans.carry_over", task.plan),
        may_add_occurrence=plan_refusal(task.plan) is None
        and (permits(user, "plans.classify_tasks", task.plan) or _works_in(user, assignments)),
    )


def _drafts(task: Task, user: Any) -> list[Amendment]:
    if task.plan.state != "issued" or task.ended_on:
        return []
    if not permits(user, "plans.amend_plan", Amendment(plan=task.plan)):
        return []
    return list(task.plan.amendments.filter(state="draft"))


def _own_first(user: Any) -> Case:
    agency = reading_agency(user)
    own = When(agency=agency.pk if agency else None, then=Value(0))
    return Case(own, default=Value(1), output_field=IntegerField())


def _has_request(task: Task, user: Any) -> bool:
    agency = reading_agency(user)
    return bool(agency) and task.requests.filter(agency=agency).exists()


def _movable(user: Any, assignments: list[Assignment]) -> list[Acting]:
    acting = [Acting(assignment, assignment_steps(user, assignment)) for assignment in assignments]
    return [item for item in acting if any(step.why_not is None for step in item.steps)]


def _works_in(user: Any, assignments: list[Assignment]) -> bool:
    return any(permits(user, "plans.work_on_assignment", assignment) for assignment in assignments)


def _requests(task: Task, user: Any) -> list[CoordinationRequest]:
    requests = list(
        requests_visible_to(user)
        .filter(task=task)
        .select_related("agency")
        .order_by("agency__sort_name")[:SHOWN]
    )
    for request in requests:
        request.task = task
    return requests


def _deliverables_of_task(task: Task) -> list[Deliverable]:
    rows = Deliverable.objects.filter(assignment__task=task, withdrawn_at__isnull=True)
    return list(rows.select_related("agency", "occurrence")[:SHOWN])


def _story(task: Task, *others: Iterable[Any]) -> list[Entry]:
    return list(entries_of([task, *(obj for group in others for obj in group)])[:SHOWN])


def assignment_sheet(assignment: Assignment, user: Any) -> AssignmentSheet:
    """For a body that is merely named in the plan: who, what, by when and the state, nothing else."""
    is_shared = assignments_shared_with(user).filter(pk=assignment.pk).exists()
    extensions = list(assignment.extensions.select_related("asked_by")) if is_shared else []
    explanations = list(assignment.explanations.select_related("asked_by")) if is_shared else []
    for extension in extensions:
        extension.assignment = assignment
    for explanation in explanations:
        explanation.assignment = assignment
    return AssignmentSheet(
        assignment=assignment,
        accepted_by=accepting_agency(assignment),
        is_shared=is_shared,
        refusal=plan_refusal(assignment.plan),
        steps=assignment_steps(user, assignment) if is_shared else [],
        notes=list(assignment.notes.select_related("by")[:SHOWN]) if is_shared else [],
        deliverables=_deliverables_of(assignment) if is_shared else [],
        extensions=[Acting(row, extension_steps(user, row)) for row in extensions],
        explanations=[Acting(row, explanation_steps(user, row)) for row in explanations],
        targets=target_counts([assignment.task]).get(assignment.task_id, []),
        entries=list(entries_of([assignment])[:SHOWN]) if is_shared else [],
        may=_may(user, assignment, extensions),
    )


def _may(user: Any, assignment: Assignment, extensions: list[Extension]) -> dict[str, bool]:
    """Which of the forms beside the steps make sense now; the actions refuse the rest anyway."""
    is_open = plan_refusal(assignment.plan) is None and assignment.state not in CLOSED_ASSIGNMENT_STATES
    is_writable = is_open and assignment.state != "submitted"
    is_asked = any(extension.state == "asked" for extension in extensions)
    return {
        "work": is_writable and permits(user, "plans.work_on_assignment", assignment),
        "name_officer": is_open and permits(user, "plans.name_officer", assignment),
        "ask_extension": is_open
        and not is_asked
        and assignment.due_on is not None
        and permits(user, "plans.ask_extension", assignment),
        "ask_explanation": plan_refusal(assignment.plan) is None
        and assignment.state not in ("ended", "passed_on")
        and permits(user, "plans.ask_explanation", assignment),
    }


def _deliverables_of(work: Assignment | DutyAssignment) -> list[Deliverable]:
    return list(work.deliverables.select_related("agency", "by", "occurrence")[:SHOWN])


def duty_sheet(duty_assignment: DutyAssignment, user: Any) -> DutySheet:
    is_shared = duty_assignments_shared_with(user).filter(pk=duty_assignment.pk).exists()
    owed = SubPlan.objects.filter(duty_assignment=duty_assignment).exclude(state="released")
    sub_plan = owed.select_related("demand__plan", "document", "own").first()
    if sub_plan:
        sub_plan.duty_assignment = duty_assignment
    is_running = plan_refusal(duty_assignment.plan) is None
    return DutySheet(
        duty_assignment=duty_assignment,
        is_shared=is_shared,
        notes=list(duty_assignment.notes.select_related("by")[:SHOWN]) if is_shared else [],
        deliverables=_deliverables_of(duty_assignment) if is_shared else [],
        entries=list(entries_of([duty_assignment])[:SHOWN]) if is_shared else [],
        sub_plan=sub_plan,
        sub_plan_steps=SUB_PLAN.open_to(user, sub_plan) if sub_plan and is_running else [],
        may_work=is_running and permits(user, "plans.work_on_duty", duty_assignment),
    )
