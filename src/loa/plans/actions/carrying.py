"""Tasks that go on in the next year's plan: matched by a person, or taken over into a new draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.documents.actions import register_paper
from loa.plans.models import CommunicationForm, Duty, Plan, ReportingRule, Task, TaskBody, Topic
from loa.plans.queries.carrying import earlier_plans, remaining, tasks_to_carry
from loa.plans.queries.target import target_counts

NOTE = "Nhiệm vụ chuyển tiếp năm {year}"  # printed in the plan, so in the plan's language
DUE = "Cả năm {year}"


@transaction.atomic
def link_predecessor(task: Task, *, predecessor: Task, by: User) -> None:
    """Say which task of an earlier plan a task continues. Said twice it is said once. Raises FlowError."""
    require(by, "plans.carry_over", task.plan)
    if task.predecessor_id == predecessor.pk:
        return
    Task.objects.select_for_update().get(pk=predecessor.pk)
    _check_link(task, predecessor)
    Task.objects.filter(pk=task.pk).update(
        predecessor=predecessor, carried_over_from=task.carried_over_from or predecessor.plan.year
    )
    task.predecessor, task.carried_over_from = predecessor, task.carried_over_from or predecessor.plan.year
    data = {"predecessor": predecessor.pk, "plan": predecessor.plan.number}
    history.record(task, "task.link_predecessor", by=by, note=str(predecessor), data=data)
    history.record(
        predecessor, "task.carried_into", by=by, note=f"{task.plan.number}: {task}", data={"task": task.pk}
    )


def _check_link(task: Task, predecessor: Task) -> None:
    if not earlier_plans(task.plan).filter(pk=predecessor.plan_id).exists():
        raise FlowError(_("Choose a task of an earlier plan of the same issuer."))
    if Task.objects.filter(predecessor=predecessor).exclude(pk=task.pk).exists():
        raise FlowError(_("“%(task)s” is continued by another task already.") % {"task": predecessor})


@transaction.atomic
def link_predecessors(plan: Plan, *, links: Mapping[int, int], by: User) -> int:
    """What a person confirmed of the proposed matches: task id → id of the earlier task. Returns how many."""
    require(by, "plans.carry_over", plan)
    if len(set(links.values())) != len(links):
        raise FlowError(_("Two tasks cannot continue the same earlier one."))
    tasks = {task.pk: task for task in plan.tasks.filter(pk__in=links)}
    earlier = {row.pk: row for row in Task.objects.filter(pk__in=links.values()).select_related("plan")}
    for task_id, predecessor_id in links.items():
        tasks[task_id].plan = plan
        link_predecessor(tasks[task_id], predecessor=earlier[predecessor_id], by=by)
    return len(links)


@transaction.atomic
def unlink_predecessor(task: Task, *, note: str, by: User) -> None:
    """A match was wrong."""
    require(by, "plans.carry_over", task.plan)
    if task.predecessor is None:
        raise FlowError(_("This task continues no other."))
    if not note.strip():
        raise FlowError(_("Say why the tasks are no longer linked."))
    history.record(task, "task.unlink_predecessor", by=by, note=note)
    history.record(task.predecessor, "task.not_carried_into", by=by, note=note)
    Task.objects.filter(pk=task.pk).update(predecessor=None)
    task.predecessor = None


@transaction.atomic
def open_next_plan(
    plan: Plan, *, number: str, title: str, issued_on: date, upload: Upload | None = None, by: User
) -> Plan:
    """The next year's plan as a draft: topics, forms, duties and rules as they were, and the tasks carried over.

    A plan of that number and year that exists is a FlowError; its tasks are taken over by `take_over_tasks`.
    """
    require(by, "plans.carry_over", plan)
    year = plan.year + 1
    if Plan.objects.filter(issuer=plan.issuer, number=number, year=year).exists():
        raise FlowError(_("Plan %(number)s of %(year)s exists already.") % {"number": number, "year": year})
    readers = {plan.coordinator_id, plan.accepting_office_id}
    document = register_paper(
        issuer=plan.issuer,
        kind=plan.document.kind,
        printed_number=number,
        subject=title,
        issued_on=issued_on,
        upload=upload,
        readers=readers,
        by=by,
    )
    following = Plan.objects.create(
        document=document,
        parent=plan.parent,
        number=number,
        title=title,
        year=year,
        issued_on=issued_on,
        issuer=plan.issuer,
        coordinator=plan.coordinator,
        accepting_office=plan.accepting_office,
        created_at=clock.now(),
    )
    history.record(following, "plan.open_next", by=by, note=plan.number)
    _copy_frame(plan, following)
    take_over_tasks(following, by=by)
    return following


def _copy_frame(plan: Plan, following: Plan) -> None:
    for model in (Topic, CommunicationForm):
        rows: list[Any] = [
            model(plan=following, label=row.label, text=row.text, position=row.position)
            for row in model.objects.filter(plan=plan)
        ]
        model.objects.bulk_create(rows)
    Duty.objects.bulk_create(
        Duty(
            plan=following,
            position=row.position,
            printed_body=row.printed_body,
            agency=row.agency,
            group=row.group,
            text=row.text,
        )
        for row in plan.duties.select_related("agency", "group")
    )
    ReportingRule.objects.bulk_create(
        ReportingRule(
            plan=following,
            who=row.who,
            to=row.to,
            to_text=row.to_text,
            when_text=row.when_text,
            recurrence=row.recurrence,
            month_day=row.month_day,
            is_before=row.is_before,
            position=row.position,
        )
        for row in plan.reporting_rules.filter(due_on__isnull=True).select_related("to")
    )


@transaction.atomic
def take_over_tasks(plan: Plan, *, by: User) -> int:
    """A draft takes what last year's plans hand on; what is taken already is left. Returns how many.

    Into a plan that is issued a task comes only by an amendment.
    """
    require(by, "plans.carry_over", plan)
    if plan.state != "draft":
        raise FlowError(_("An issued plan takes a task only by an amendment."))
    Plan.objects.select_for_update().get(pk=plan.pk)
    earlier = list(tasks_to_carry(plan).prefetch_related("bodies", "topics", "forms"))
    counts = target_counts(earlier)
    last = plan.tasks.order_by("-position").values_list("position", flat=True).first() or 0
    own = _own_classes(plan)
    for position, old in enumerate(earlier, last + 1):
        task = _continuation(plan, old, position)
        TaskBody.objects.bulk_create(
            TaskBody(
                task=task,
                role=body.role,
                printed=body.printed,
                agency_id=body.agency_id,
                group_id=body.group_id,
                position=body.position,
            )
            for body in old.bodies.all()
        )
        for target in remaining(counts.get(old.pk, [])):
            target.task = task
            target.save()
        task.topics.set(filter(None, (own.get((Topic, row.text)) for row in old.topics.all())))
        task.forms.set(filter(None, (own.get((CommunicationForm, row.text)) for row in old.forms.all())))
        link_predecessor(task, predecessor=old, by=by)
    return len(earlier)


def _own_classes(plan: Plan) -> dict[Any, Any]:
    found: dict[Any, Any] = {(Topic, row.text): row for row in plan.topics.all()}
    return found | {(CommunicationForm, row.text): row for row in plan.forms.all()}


def _continuation(plan: Plan, old: Task, position: int) -> Task:
    note = NOTE.format(year=old.plan.year)
    return Task.objects.create(
        plan=plan,
        position=position,
        no=str(position),
        group=old.group,
        content=old.content,
        product=old.product,
        due_text=DUE.format(year=plan.year),
        due_on=date(plan.year, 12, 31),
        note=note,
        details=old.details,
        carried_over_from=old.plan.year,
    )
