"""More time and reasons: asked for by one side, decided or given by the other."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.plans import notices
from loa.plans.actions.assignment import require_running
from loa.plans.models import Assignment, Explanation, Extension
from loa.plans.states import CLOSED_ASSIGNMENT_STATES, EXPLANATION, EXTENSION


@transaction.atomic
def ask_extension(assignment: Assignment, *, new_due_on: date, reason: str, by: User) -> Extension:
    """Ask for more time, also after the date has passed. Raises FlowError."""
    require(by, "plans.ask_extension", assignment)
    require_running(assignment.plan)
    _check_extension(assignment, new_due_on, reason)
    try:
        with transaction.atomic():
            extension = Extension.objects.create(
                assignment=assignment,
                old_due_on=assignment.due_on,
                new_due_on=new_due_on,
                reason=reason,
                asked_by=by,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise FlowError(_("More time is already asked for and not yet decided.")) from error
    entry = history.record(
        assignment,
        "assignment.ask_extension",
        by=by,
        note=reason,
        data={"new_due_on": new_due_on.isoformat()},
    )
    notices.tell_extension_asked(extension, entry)
    return extension


def _check_extension(assignment: Assignment, new_due_on: date, reason: str) -> None:
    if assignment.state in CLOSED_ASSIGNMENT_STATES:
        raise FlowError(_("The work is done."))
    if not reason.strip():
        raise FlowError(_("Say why more time is needed."))
    if assignment.due_on is None:
        raise FlowError(_("This work has no due date."))
    if new_due_on <= assignment.due_on:
        raise FlowError(_("The new date must come after the present one."))


@transaction.atomic
def grant_extension(extension: Extension, *, answer: str = "", by: User) -> Extension:
    """The new date counts from now on; the first one stays on record."""
    require_running(extension.assignment.plan)
    entry = EXTENSION.take(extension, "grant", by=by, note=answer, answer=answer, decided_at=clock.now())
    assignment = extension.assignment
    Assignment.objects.filter(pk=assignment.pk).update(due_on=extension.new_due_on)
    data = {
        "from": assignment.due_on.isoformat() if assignment.due_on else None,
        "to": extension.new_due_on.isoformat(),
    }
    history.record(assignment, "assignment.extend", by=by, note=answer, data=data)
    assignment.due_on = extension.new_due_on
    notices.tell_extension_granted(extension, entry)
    return extension


@transaction.atomic
def refuse_extension(extension: Extension, *, answer: str, by: User) -> Extension:
    require_running(extension.assignment.plan)
    entry = EXTENSION.take(extension, "refuse", by=by, note=answer, answer=answer, decided_at=clock.now())
    history.record(extension.assignment, "assignment.refuse_extension", by=by, note=answer)
    notices.tell_extension_refused(extension, entry)
    return extension


def decide_extension(extension: Extension, step: str, *, answer: str = "", by: User) -> Extension:
    """The action behind a step's button."""
    decide = {"grant": grant_extension, "refuse": refuse_extension}[step]
    return decide(extension, answer=answer, by=by)


@transaction.atomic
def ask_explanation(
    assignment: Assignment, *, question: str, due_on: date | None = None, by: User
) -> Explanation:
    """Who accepts the work asks the agency for its reasons."""
    require(by, "plans.ask_explanation", assignment)
    require_running(assignment.plan)
    if not question.strip():
        raise FlowError(_("Say what is to be explained."))
    explanation = Explanation.objects.create(
        assignment=assignment, question=question, due_on=due_on, asked_by=by, asked_at=clock.now()
    )
    entry = history.record(assignment, "assignment.ask_explanation", by=by, note=question)
    notices.tell_explanation_asked(explanation, entry)
    return explanation


@transaction.atomic
def give_explanation(explanation: Explanation, *, answer: str, by: User) -> Explanation:
    require_running(explanation.assignment.plan)
    EXPLANATION.take(explanation, "give", by=by, note=answer, answer=answer, given_at=clock.now())
    entry = history.record(explanation.assignment, "assignment.give_explanation", by=by, note=answer)
    notices.tell_explanation_given(explanation, entry)
    return explanation
