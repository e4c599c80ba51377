"""What was promised before everybody: written down, kept or taken back with a reason, made work of the plan."""

from __future__ import annotations

from datetime import date

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
from loa.plans.models import Assignment


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
    """The body says how it kept its word; everybody reads it."""
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
    promise.assignment = assignment
    Promise.objects.filter(pk=promise.pk).update(assignment=assignment)
    history.record(promise, "promise.link", by=by, data={"assignment": assignment.pk})
