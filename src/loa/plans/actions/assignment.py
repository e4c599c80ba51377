"""The life of an assignment: inside the lead agency, then between it and who accepts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import permits, require
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.directory.queries import successor_of
from loa.plans import notices
from loa.plans.actions.following import tell_followers
from loa.plans.actions.hand_over import give_to_successor
from loa.plans.models import Assignment, Plan
from loa.plans.queries import officers_of
from loa.plans.states import ASSIGNMENT, CLOSED_ASSIGNMENT_STATES


def require_running(plan: Plan) -> None:
    """Work moves only while the plan runs. Raises FlowError."""
    if plan.state == "draft":
        raise FlowError(_("The plan is not issued yet."))
    if plan.state == "closed":
        raise FlowError(_("The plan is closed."))


def require_not_over(assignment: Assignment) -> None:
    """Nothing is asked of work that is done, ended or passed on. Raises FlowError."""
    if assignment.state == "done":
        raise FlowError(_("The work is done."))
    if assignment.state == "ended":
        raise FlowError(_("The task was ended."))
    if assignment.state == "passed_on":
        raise FlowError(_("The work was passed on to another body."))


def accept_assignment(assignment: Assignment, *, by: User) -> Entry:
    return _take(assignment, "accept", by=by)


def begin(assignment: Assignment, *, by: User) -> Entry:
    return _take(assignment, "begin", by=by)


def begin_if_waiting(assignment: Assignment, *, by: Any) -> None:
    """The first note or piece of evidence begins the work, where who brings it may say so."""
    if not permits(by, "plans.work_on_assignment", assignment):
        return
    if assignment.state == "assigned":
        accept_assignment(assignment, by=by)
    if assignment.state in ("accepted", "returned"):
        begin(assignment, by=by)


@transaction.atomic
def name_officer(assignment: Assignment, *, officer: User, by: User) -> Entry:
    """The head gives the work to somebody of the agency. Raises FlowError for a stranger."""
    require(by, "plans.name_officer", assignment)
    require_running(assignment.plan)
    require_not_over(assignment)
    if not officers_of(assignment).filter(pk=officer.pk).exists():
        raise FlowError(_("This person does not work in the lead agency."))
    assignment.officer = officer
    Assignment.objects.filter(pk=assignment.pk).update(officer=officer)
    entry = history.record(assignment, "assignment.name_officer", by=by, data={"officer": officer.pk})
    notices.tell_officer_named(assignment, entry)
    return entry


@transaction.atomic
def pass_charge(assignment: Assignment, *, officer: User | None, note: str = "", by: User) -> Entry:
    """Who was in charge leaves: another person of the agency takes over, or for now nobody."""
    require(by, "plans.pass_on")
    if assignment.state in CLOSED_ASSIGNMENT_STATES:
        raise FlowError(_("The work is done."))
    if officer is not None and not officers_of(assignment).filter(pk=officer.pk).exists():
        raise FlowError(_("This person does not work in the lead agency."))
    data = {"from_officer": assignment.officer_id, "officer": officer.pk if officer else None}
    Assignment.objects.filter(pk=assignment.pk).update(officer=officer)
    assignment.officer = officer
    return history.record(assignment, "assignment.pass_charge", by=by, note=note, data=data)


def hand_to_head(assignment: Assignment, *, note: str = "", by: User) -> Entry:
    return _take(assignment, "hand_to_head", note=note, by=by, tell=notices.tell_handed_to_head)


def return_to_officer(assignment: Assignment, *, note: str, by: User) -> Entry:
    return _take(assignment, "return_to_officer", note=note, by=by, tell=notices.tell_returned_to_officer)


def submit_assignment(assignment: Assignment, *, note: str = "", by: User) -> Entry:
    """The head answers for the result; who submits can never accept it."""
    return _take(
        assignment,
        "submit",
        note=note,
        by=by,
        tell=notices.tell_submitted,
        submitted_at=clock.now(),
        submitted_on=clock.today(),
        submitted_by=by,
    )


def return_to_agency(assignment: Assignment, *, note: str, by: User) -> Entry:
    return _take(assignment, "return_to_agency", note=note, by=by, tell=notices.tell_returned_to_agency)


def accept_result(assignment: Assignment, *, note: str = "", by: User) -> Entry:
    return _take(
        assignment, "accept_result", note=note, by=by, tell=notices.tell_result_accepted, done_at=clock.now()
    )


@transaction.atomic
def reopen(assignment: Assignment, *, note: str, by: User) -> Entry:
    """Open again what was done. Where its body has ended since, the successor gets it. Raises FlowError."""
    heir = _who_carries_on(assignment.agency)
    same = Assignment.objects.filter(task=assignment.task_id, agency=heir, words="")
    if (
        not assignment.words
        and same.exclude(state__in=CLOSED_ASSIGNMENT_STATES).exclude(pk=assignment.pk).exists()
    ):
        raise FlowError(_("%(agency)s has open work on this task already.") % {"agency": heir})
    entry = _take(assignment, "reopen", note=note, by=by, done_at=None)
    if heir.pk != assignment.agency_id:
        give_to_successor(assignment, heir, by=by)
    notices.tell_reopened(assignment, entry)
    return entry


def _who_carries_on(agency: Agency) -> Agency:
    has_ended = agency.valid_to is not None and agency.valid_to < clock.today()
    return (successor_of(agency) if has_ended else None) or agency


STEPS: dict[str, Callable[..., Entry]] = {
    "accept": accept_assignment,
    "begin": begin,
    "hand_to_head": hand_to_head,
    "return_to_officer": return_to_officer,
    "submit": submit_assignment,
    "return_to_agency": return_to_agency,
    "accept_result": accept_result,
    "reopen": reopen,
}


def take_assignment_step(assignment: Assignment, step: str, *, note: str = "", by: User) -> Entry:
    """The action behind a step's button."""
    words = {} if step in ("accept", "begin") else {"note": note}
    return STEPS[step](assignment, by=by, **words)


@transaction.atomic
def _take(
    assignment: Assignment,
    step: str,
    *,
    by: User,
    note: str = "",
    tell: Callable[[Assignment, Entry], None] | None = None,
    **changes: Any,
) -> Entry:
    require_running(assignment.plan)
    entry = ASSIGNMENT.take(assignment, step, by=by, note=note, **changes)
    if tell:
        tell(assignment, entry)
    tell_followers(assignment, entry)
    return entry
