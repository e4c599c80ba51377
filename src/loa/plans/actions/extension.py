"""More time and reasons: asked for by one side, decided or given by the other."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.counted_days import Moving, count_day, forget_count, remember_count
from loa.core.deadlines import CalendarRangeError
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.plans import notices
from loa.plans.actions.assignment import require_not_over, require_running
from loa.plans.models import Assignment, Explanation, Extension
from loa.plans.queries.assignment import explanation_rule
from loa.plans.states import EXPLANATION, EXTENSION


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
    require_not_over(assignment)
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
    forget_count(assignment)
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
    assignment: Assignment,
    *,
    question: str,
    working_days: int | None = None,
    due_on: date | None = None,
    by: User,
) -> Explanation:
    """Who accepts the work asks the agency for its reasons, within some working days or by a day it names.

    Without both, the working days of the rule in force count. Raises FlowError.
    """
    require(by, "plans.ask_explanation", assignment)
    require_running(assignment.plan)
    if assignment.state == "ended":
        raise FlowError(_("The task was ended."))
    if not question.strip():
        raise FlowError(_("Say what is to be explained."))
    asked_on = clock.today()
    rule = explanation_rule(asked_on)
    usual = rule["working_days"] if rule else None
    if due_on is None and working_days is None:
        working_days = usual
    counted_on = None if due_on else _counted(asked_on, working_days)
    explanation = Explanation.objects.create(
        assignment=assignment,
        question=question,
        due_on=due_on or counted_on,
        asked_by=by,
        asked_at=clock.now(),
    )
    if counted_on:
        remember_count(
            explanation,
            due_on=counted_on,
            start_on=asked_on,
            working_days=working_days,
            legal_basis=rule.legal_basis if rule and working_days == usual else "",
        )
    entry = history.record(assignment, "assignment.ask_explanation", by=by, note=question)
    notices.tell_explanation_asked(explanation, entry)
    return explanation


def _counted(start_on: date, working_days: int | None) -> date:
    if not working_days:
        raise FlowError(_("Say by when the explanation is to be given."))
    try:
        return count_day(start_on, working_days=working_days)
    except CalendarRangeError as error:
        raise FlowError(
            _("The calendar of that year is not announced yet: name the day by which to answer.")
        ) from error


@transaction.atomic
def move_explanation_due(explanation: Explanation, *, due_on: date, reason: str, by: User) -> Moving:
    """A changed calendar moves the day by which to answer; those who owe the answer are told."""
    rows = Explanation.objects.filter(pk=explanation.pk, state="asked", due_on=explanation.due_on)
    if rows.update(due_on=due_on) != 1:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    assignment = explanation.assignment
    data = {"from": str(explanation.due_on), "to": str(due_on)}
    entry = history.record(assignment, "assignment.move_explanation_due", by=by, note=reason, data=data)
    explanation.due_on = due_on
    told = notices.tell_explanation_moved(explanation, entry)
    return Moving(
        label=f"{_('Explanation')}: {assignment.task}",
        whose=str(assignment.agency),
        url=assignment.get_absolute_url(),
        told=told,
    )


@transaction.atomic
def give_explanation(explanation: Explanation, *, answer: str, by: User) -> Explanation:
    require_running(explanation.assignment.plan)
    EXPLANATION.take(explanation, "give", by=by, note=answer, answer=answer, given_at=clock.now())
    entry = history.record(explanation.assignment, "assignment.give_explanation", by=by, note=answer)
    notices.tell_explanation_given(explanation, entry)
    return explanation
