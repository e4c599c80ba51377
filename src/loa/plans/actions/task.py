"""What surrounds a task: its classes, its targets, its occurrences, the bodies asked to take part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import permits, require
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.plans import notices
from loa.plans.actions.assignment import require_running
from loa.plans.models import CommunicationForm, CoordinationRequest, Occurrence, Target, Task, Topic
from loa.plans.states import OCCURRENCE, REQUEST


@transaction.atomic
def classify_task(
    task: Task, *, topics: Iterable[Topic], forms: Iterable[CommunicationForm], by: User
) -> Entry:
    """Say which topics a task tells and in which forms; both lists are the plan's own."""
    require(by, "plans.classify_tasks", task.plan)
    chosen_topics, chosen_forms = list(topics), list(forms)
    plans = {row.plan_id for row in chosen_topics} | {row.plan_id for row in chosen_forms}
    if plans - {task.plan_id}:
        raise FlowError(_("Topics and forms are those of the task's own plan."))
    task.topics.set(chosen_topics)
    task.forms.set(chosen_forms)
    data = {"topics": [row.pk for row in chosen_topics], "forms": [row.pk for row in chosen_forms]}
    return history.record(task, "task.classify", by=by, data=data)


@transaction.atomic
def enter_target(target: Target, *, quantity: Decimal, note: str = "", by: User) -> Entry:
    """Type in what is reached, for a measure that no deliverable can count."""
    require(by, "plans.enter_target", target)
    require_running(target.task.plan)
    if target.counts_itself:
        raise FlowError(_("This target counts its deliverables by itself."))
    if quantity < 0:
        raise FlowError(_("The quantity cannot be below zero."))
    data = {"target": target.pk, "from": str(target.entered_quantity), "to": str(quantity)}
    Target.objects.filter(pk=target.pk).update(entered_quantity=quantity)
    target.entered_quantity = quantity
    return history.record(target.task, "task.enter_target", by=by, note=note, data=data)


def require_occurrences_of(task: Task, *, by: User) -> Agency | None:
    """Raise PermissionDenied unless this person may add to the series; gives the lead she is bound to, if any."""
    if permits(by, "plans.classify_tasks", task.plan):
        return None
    own = task.assignments.filter(agency=by.hat.agency).first() if by.hat else None
    require(by, "plans.work_on_assignment", own)
    return own.agency if own else None


@transaction.atomic
def add_occurrence(
    task: Task,
    *,
    title: str,
    lead: Agency | None = None,
    on: date | None = None,
    slot: str = "",
    place: str = "",
    by: User,
) -> Occurrence:
    """One more instance of a series: by the coordinator for anyone, by a lead of the task for itself."""
    require_running(task.plan)
    lead = require_occurrences_of(task, by=by) or lead
    last = task.occurrences.aggregate(last=Max("position"))["last"] or 0
    occurrence = Occurrence.objects.create(
        task=task, position=last + 1, title=title, lead=lead, on=on, slot=slot, place=place
    )
    history.record(task, "task.add_occurrence", by=by, data={"occurrence": occurrence.pk, "title": title})
    return occurrence


@transaction.atomic
def plan_occurrence(
    occurrence: Occurrence,
    *,
    on: date | None,
    slot: str = "",
    place: str = "",
    note: str = "",
    by: User,
) -> Entry:
    """Set or change when and where."""
    if on is None:
        raise FlowError(_("Say on which day."))
    return _take(occurrence, "plan", by=by, note=note, on=on, slot=slot, place=place)


def hold_occurrence(occurrence: Occurrence, *, on: date | None = None, note: str = "", by: User) -> Entry:
    """It took place, on the day planned unless another is given."""
    day = on or occurrence.on or clock.today()
    if day > clock.today():
        raise FlowError(_("The day has not come yet."))
    return _take(occurrence, "hold", by=by, note=note, on=day)


def postpone_occurrence(occurrence: Occurrence, *, on: date | None = None, note: str, by: User) -> Entry:
    """To another day, or to one that is not known yet."""
    return _take(occurrence, "postpone", by=by, note=note, on=on)


def cancel_occurrence(occurrence: Occurrence, *, note: str, by: User) -> Entry:
    return _take(occurrence, "cancel", by=by, note=note)


def take_occurrence_step(occurrence: Occurrence, step: str, *, by: User, **given: Any) -> Entry:
    """The action behind a step's button; `given` is what its form asks for."""
    steps: dict[str, Callable[..., Entry]] = {
        "plan": plan_occurrence,
        "hold": hold_occurrence,
        "postpone": postpone_occurrence,
        "cancel": cancel_occurrence,
    }
    return steps[step](occurrence, by=by, **given)


@transaction.atomic
def _take(occurrence: Occurrence, step: str, *, by: User, note: str = "", **changes: Any) -> Entry:
    require_running(occurrence.task.plan)
    return OCCURRENCE.take(occurrence, step, by=by, note=note, **changes)


@transaction.atomic
def answer_request(request: CoordinationRequest, *, step: str, answer: str = "", by: User) -> Entry:
    """A coordinating body agrees, declines or reports what it gave; it may decline what it agreed to."""
    require_running(request.task.plan)
    entry = REQUEST.take(request, step, by=by, note=answer, answer=answer, answered_at=clock.now())
    notices.tell_request_answered(request, entry)
    return entry
