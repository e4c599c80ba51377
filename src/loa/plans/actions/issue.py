"""Issuing a plan: its leads get assignments, its coordinating bodies requests, its bodies their duties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from loa.core import clock
from loa.directory.models import Agency, User
from loa.directory.queries import members_of
from loa.plans import notices
from loa.plans.models import (
    Assignment,
    CoordinationRequest,
    Duty,
    DutyAssignment,
    Plan,
    PlanBody,
    Task,
    TaskBody,
)
from loa.plans.states import PLAN

Members = dict[int, list[Agency]]
ByTask = dict[tuple[int, str], dict[int, Agency]]  # (task, role) -> agencies


@transaction.atomic
def issue_plan(plan: Plan, *, by: User | None, actor: str = "") -> Plan:
    """Groups are expanded as of the day the plan was issued. Twice is refused by the flow."""
    PLAN.take(plan, "issue", by=by, actor=actor)
    bodies = list(TaskBody.objects.filter(task__plan=plan).select_related("agency", "group", "task"))
    duties = list(plan.duties.select_related("agency", "group"))
    groups = {row.group for row in bodies if row.group} | {row.group for row in duties if row.group}
    day = plan.issued_on or clock.today()
    members = members_of(groups, day)
    by_task = _agencies_by_task(bodies, members)
    _assign(plan, by_task, day)
    _request(by_task)
    _give_duties(plan, duties, members, day)
    _name_bodies(plan, by_task, duties, members)
    plan.document.readers.add(*_readers(plan))
    notices.tell_plan_issued(plan)
    return plan


def _readers(plan: Plan) -> set[int]:
    """Every body the plan names, and those that run it, may open the paper itself."""
    named = set(plan.bodies.values_list("agency_id", flat=True))
    return named | {plan.coordinator_id, plan.accepting_office_id}


def _expanded(row: TaskBody | Duty, members: Members) -> Iterable[Agency]:
    if row.agency:
        return [row.agency]
    return members.get(row.group_id, []) if row.group_id else []


def _agencies_by_task(bodies: list[TaskBody], members: Members) -> ByTask:
    """Each agency once, in the printed order."""
    found: ByTask = {}
    for body in bodies:
        row = found.setdefault((body.task_id, body.role), {})
        for agency in _expanded(body, members):
            row.setdefault(agency.pk, agency)
    return found


def _assign(plan: Plan, by_task: ByTask, day: date) -> None:
    tasks: dict[int, Task] = {task.pk: task for task in plan.tasks.all()}
    Assignment.objects.bulk_create(
        Assignment(
            task=tasks[task_id],
            plan=plan,
            agency_id=pk,
            due_on=tasks[task_id].due_on,
            original_due_on=tasks[task_id].due_on,
            assigned_on=day,
        )
        for (task_id, role), agencies in by_task.items()
        if role == PlanBody.Role.LEAD
        for pk in agencies
    )


def _request(by_task: ByTask) -> None:
    """A body that leads a task is not asked to coordinate with itself."""
    CoordinationRequest.objects.bulk_create(
        CoordinationRequest(task_id=task_id, agency_id=pk)
        for (task_id, role), agencies in by_task.items()
        if role == PlanBody.Role.COORDINATING
        for pk in agencies
        if pk not in by_task.get((task_id, PlanBody.Role.LEAD), {})
    )


def _give_duties(plan: Plan, duties: list[Duty], members: Members, day: date) -> None:
    DutyAssignment.objects.bulk_create(
        DutyAssignment(duty=duty, plan=plan, agency=agency, assigned_on=day)
        for duty in duties
        for agency in _expanded(duty, members)
    )


def _name_bodies(plan: Plan, by_task: ByTask, duties: list[Duty], members: Members) -> None:
    roles = set(_roles(by_task, duties, members))
    PlanBody.objects.bulk_create(PlanBody(plan=plan, agency_id=pk, role=role) for pk, role in sorted(roles))


def _roles(by_task: ByTask, duties: list[Duty], members: Members) -> Iterator[tuple[int, str]]:
    for (_task, role), agencies in by_task.items():
        yield from ((pk, role) for pk in agencies)
    for duty in duties:
        yield from ((agency.pk, PlanBody.Role.DUTY) for agency in _expanded(duty, members))
