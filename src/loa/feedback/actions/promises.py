"""What was promised before everybody: written down, kept or taken back with a reason, made work of the plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.events.models import Event
from loa.feedback import notices
from loa.feedback.models import Promise, Question
from loa.feedback.states import PROMISE
from loa.plans.actions import give_work
from loa.plans.models import Assignment, Task


@transaction.atomic
def make_promise(
    event: Event, *, agency: Agency, words: str, due_on: date, question: Question | None = None, by: User
) -> Promise:
    """Write a promise down. The body is told, and reminded before its day."""
    require(by, "feedback.run_hall", event)
    if question is not None and question.event_id != event.pk:
        raise FlowError(_("This question was asked in another dialogue."))
    if due_on < clock.today():
        raise FlowError(_("The day has passed already."))
    promise = Promise.objects.create(
        event=event,
        agency=agency,
        words=words.strip(),
        due_on=due_on,
        question=question,
        by=by,
        made_at=clock.now(),
    )
    history.record(promise, "promise.make", by=by, data={"due_on": due_on.isoformat()})
    notices.tell_promised(promise)
    return promise


@transaction.atomic
def keep_promise(promise: Promise, *, note: str, by: User) -> None:
    """The body says how it kept its word; everybody reads it. What became work is kept when that is accepted."""
    if promise.runs_as_work:
        raise FlowError(_("It is work of the plan: it is kept when the result is accepted there."))
    PROMISE.take(promise, "keep", by=by, note=note, proof=note, kept_on=clock.today())


@transaction.atomic
def withdraw_promise(promise: Promise, *, note: str, by: User) -> None:
    PROMISE.take(promise, "withdraw", by=by, note=note, proof=note)


@transaction.atomic
def reopen_promise(promise: Promise, *, note: str, by: User) -> None:
    """It was said to be kept and is not."""
    PROMISE.take(promise, "reopen", by=by, note=note, proof="", kept_on=None)
    notices.tell_promised(promise, again=note)


@transaction.atomic
def link_promise(promise: Promise, assignment: Assignment, *, by: User) -> None:
    """A promise became work of the plan: an assignment of the body that gave its word."""
    require(by, "feedback.withdraw_promise", promise)
    if assignment.agency_id != promise.agency_id:
        raise FlowError(_("This work belongs to another body than the one that promised."))
    _carry_out(promise, assignment)
    history.record(promise, "promise.link", by=by, data={"assignment": assignment.pk})


@transaction.atomic
def make_promise_work(promise: Promise, *, task: Task, words: str, due_on: date, by: User) -> Assignment:
    """A coordinator gives the body that promised the work under a task of the plan. Done twice it is done once.

    Raises PermissionDenied for a plan of another coordinator, FlowError for a promise that is over.
    """
    held = Promise.objects.select_for_update(of=("self",)).select_related("assignment").get(pk=promise.pk)
    require(by, "plans.give_work", task.plan)
    if held.assignment is not None and not held.may_be_given:
        return held.assignment
    if not held.may_be_given:
        raise FlowError(_("This promise is kept or taken back: it cannot become work of the plan."))
    assignment = give_work(
        task, agency=promise.agency, words=words, due_on=due_on, note=str(promise.event), by=by
    )
    _carry_out(promise, assignment)
    history.record(promise, "promise.make_work", by=by, note=str(task), data={"assignment": assignment.pk})
    return assignment


def follow_work(assignment: Assignment, entry: Any) -> None:
    """Promises that an assignment carries out are kept when its result is accepted, and open again with it."""
    if entry.action not in ("assignment.accept_result", "assignment.reopen"):
        return
    for promise in Promise.objects.filter(assignment=assignment).select_related("event", "agency"):
        promise.assignment = assignment
        if entry.action == "assignment.accept_result":
            _keep_as_work(promise)
        elif promise.state == "kept":
            note = str(assignment.plan)
            PROMISE.take(promise, "reopen_as_work", by=None, actor="clock", note=note, kept_on=None)


def _carry_out(promise: Promise, assignment: Assignment) -> None:
    promise.assignment = assignment
    Promise.objects.filter(pk=promise.pk).update(assignment=assignment)
    if assignment.state == "done":
        _keep_as_work(promise)


def _keep_as_work(promise: Promise) -> None:
    """Kept on the day the result was handed in: what was accepted was so on that day."""
    work = promise.assignment
    if promise.state == "open" and work is not None:
        day = work.submitted_on or clock.today()
        PROMISE.take(promise, "keep_as_work", by=None, actor="clock", note=str(work.plan), kept_on=day)
