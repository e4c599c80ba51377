"""What is open of a body that ends passes to its successor; what is finished stays under the old name.

Every function takes (predecessor, successor, *, on, decision, by, share) and says what it moved. `by` is None where
the day itself moves things. Two bodies that become one have one open assignment each task, request and duty: the
other ends and stays readable.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core import clock, history
from loa.core.handover import WHOLE, Moved, Share
from loa.core.text import headline
from loa.directory.models import Agency, Membership, User, in_force
from loa.plans.models import (
    Assignment,
    CoordinationRequest,
    DutyAssignment,
    Explanation,
    Extension,
    Occurrence,
    PlanBody,
)
from loa.plans.states import (
    ASSIGNMENT,
    EXTENSION,
    OPEN_ASSIGNMENT_STATES,
    OPEN_REQUEST_STATES,
    REQUEST,
)

ONE_DAY = timedelta(days=1)
TASK, DUTY = _("Task to lead"), _("Standing duty")
REQUEST_KIND, OCCURRENCE_KIND = _("Request to coordinate"), _("Occurrence")
EXTENSION_KIND, EXPLANATION_KIND = _("Request for more time"), _("Explanation asked for")
WORKING_ROLES = ("officer", "focal_point", "head")


class Hand:
    """One hand-over: from whom, to whom, by which decision; writes the history of each thing it moves."""

    def __init__(
        self, predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User | None
    ) -> None:
        self.predecessor, self.successor = predecessor, successor
        self.on, self.by, self.actor = on, by, "" if by else "clock"
        self.words = f"{predecessor.name} → {successor.name}. {decision}".strip(". ")
        self.data = {
            "from_agency": predecessor.code,
            "from_name": predecessor.name,
            "to_agency": successor.code,
            "to_name": successor.name,
            "on": on.isoformat(),
            "decision": decision,
        }

    def record(self, obj: models.Model, action: str) -> None:
        history.record(obj, action, by=self.by, actor=self.actor, note=self.words, data=self.data)

    def end(self, flow: Any, obj: models.Model) -> None:
        flow.take(obj, "pass_on", by=self.by, actor=self.actor, note=self.words)


def hand_over_assignments(
    predecessor: Agency,
    successor: Agency,
    *,
    on: date,
    decision: str,
    by: User | None,
    share: Share = WHOLE,
) -> list[Moved]:
    """Open tasks to lead, with the extensions and explanations asked for; the officer stays who comes along."""
    hand = Hand(predecessor, successor, on=on, decision=decision, by=by)
    mine = _shared(_open_assignments(predecessor), share)
    others = _open_assignments(successor).filter(task__in=[row.task_id for row in mine], words="")
    running = {row.task_id: row for row in others}
    staying = _people_of(successor, on)
    found: list[Moved] = []
    for assignment in mine:
        if assignment.task_id in running and not assignment.words:
            found += _merge_assignment(assignment, running[assignment.task_id], hand)
        else:
            found += _move_assignment(assignment, hand, staying)
    return [*found, *_end_requests_to_lead(mine, hand)]


def _end_requests_to_lead(received: list[Assignment], hand: Hand) -> list[Moved]:
    """Who leads a task from now on is no longer asked to coordinate it."""
    asked = CoordinationRequest.objects.filter(
        agency=hand.successor,
        task__in=[row.task_id for row in received],
        state__in=OPEN_REQUEST_STATES,
    )
    note = _("The successor leads this task.")
    found = []
    for request in asked.select_related("task__plan").order_by("task__position"):
        hand.end(REQUEST, request)
        url = request.task.get_absolute_url()
        found.append(Moved(REQUEST_KIND, str(request.task), url, how="ended", note=note))
    return found


def _open_assignments(agency: Agency) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(agency=agency, plan__state="issued", state__in=OPEN_ASSIGNMENT_STATES)
    return rows.select_related("task", "plan").order_by("plan", "task__position", "pk")


def _shared(rows: Iterable[Any], share: Share) -> list[Any]:
    return [row for row in rows if share.takes("task", row.task_id)]


def _people_of(agency: Agency, on: date) -> set[int]:
    held = Membership.objects.filter(in_force(on), agency=agency, role__in=WORKING_ROLES)
    return set(held.values_list("user", flat=True))


def _move_assignment(assignment: Assignment, hand: Hand, staying: set[int]) -> list[Moved]:
    has_officer = assignment.officer_id is not None
    officer = assignment.officer_id if assignment.officer_id in staying else None
    Assignment.objects.filter(pk=assignment.pk).update(agency=hand.successor, officer=officer)
    hand.record(assignment, "assignment.hand_over")
    _name_body(assignment.plan_id, hand.successor, PlanBody.Role.LEAD)
    note = (
        _("The officer in charge does not come along: name another.") if has_officer and not officer else ""
    )
    found = [Moved(TASK, _label(assignment), assignment.get_absolute_url(), note=note)]
    asked = [
        (EXTENSION_KIND, assignment.extensions.filter(state="asked").count()),
        (EXPLANATION_KIND, assignment.explanations.filter(state="asked").count()),
    ]
    for kind, count in asked:
        found += [Moved(kind, _label(assignment), assignment.get_absolute_url())] * count
    return found


def give_to_successor(assignment: Assignment, successor: Agency, *, by: User) -> None:
    """One piece of work that is open again although its body has ended."""
    today = clock.today()
    hand = Hand(assignment.agency, successor, on=today, decision="", by=by)
    _move_assignment(assignment, hand, _people_of(successor, today))
    assignment.refresh_from_db(fields=["agency", "officer"])


def _merge_assignment(assignment: Assignment, running: Assignment, hand: Hand) -> list[Moved]:
    """The successor leads the task already: its assignment goes on, with what is asked for in this one."""
    found = [
        *_pass_extension(assignment, running, hand),
        *_pass_explanations(assignment, running, hand),
    ]
    hand.end(ASSIGNMENT, assignment)
    hand.record(running, "assignment.receive")
    _name_body(assignment.plan_id, hand.successor, PlanBody.Role.LEAD)
    note = _("Goes on in the successor's own assignment; notes and evidence stay readable here.")
    return [Moved(TASK, _label(assignment), running.get_absolute_url(), how="merged", note=note), *found]


def _pass_extension(assignment: Assignment, running: Assignment, hand: Hand) -> list[Moved]:
    asked = assignment.extensions.filter(state="asked").first()
    if asked is None:
        return []
    if running.extensions.filter(state="asked").exists():
        asked.assignment = assignment
        hand.end(EXTENSION, asked)
        note = _("More time is asked for there already.")
        return [
            Moved(EXTENSION_KIND, _label(assignment), assignment.get_absolute_url(), how="ended", note=note)
        ]
    Extension.objects.filter(pk=asked.pk).update(assignment=running)
    hand.record(asked, "extension.hand_over")
    return [Moved(EXTENSION_KIND, _label(assignment), running.get_absolute_url())]


def _pass_explanations(assignment: Assignment, running: Assignment, hand: Hand) -> list[Moved]:
    asked = list(assignment.explanations.filter(state="asked"))
    Explanation.objects.filter(pk__in=[row.pk for row in asked]).update(assignment=running)
    for row in asked:
        hand.record(row, "explanation.hand_over")
    return [Moved(EXPLANATION_KIND, _label(assignment), running.get_absolute_url()) for _row in asked]


def hand_over_requests(
    predecessor: Agency,
    successor: Agency,
    *,
    on: date,
    decision: str,
    by: User | None,
    share: Share = WHOLE,
) -> list[Moved]:
    """Requests to coordinate that are not answered for good. Who leads a task is not asked to coordinate it."""
    hand = Hand(predecessor, successor, on=on, decision=decision, by=by)
    rows = CoordinationRequest.objects.filter(
        agency=predecessor, state__in=OPEN_REQUEST_STATES, task__plan__state="issued"
    ).select_related("task__plan")
    mine = _shared(rows.order_by("task__plan", "task__position"), share)
    tasks = [row.task_id for row in mine]
    leads = set(successor.assignments.filter(task__in=tasks).values_list("task", flat=True))
    asked = set(successor.coordination_requests.filter(task__in=tasks).values_list("task", flat=True))
    found = []
    for request in mine:
        url = request.task.get_absolute_url()
        _name_body(request.task.plan_id, successor, PlanBody.Role.COORDINATING)
        if request.task_id in leads or request.task_id in asked:
            hand.end(REQUEST, request)
            note = (
                _("The successor leads this task.")
                if request.task_id in leads
                else _("The successor is asked already.")
            )
            found.append(Moved(REQUEST_KIND, str(request.task), url, how="merged", note=note))
        else:
            CoordinationRequest.objects.filter(pk=request.pk).update(agency=successor)
            hand.record(request, "request.hand_over")
            found.append(Moved(REQUEST_KIND, str(request.task), url))
    return found


def hand_over_duties(
    predecessor: Agency,
    successor: Agency,
    *,
    on: date,
    decision: str,
    by: User | None,
    share: Share = WHOLE,
) -> list[Moved]:
    """Standing duties of running plans; where the successor has the same duty, the predecessor's ends."""
    hand = Hand(predecessor, successor, on=on, decision=decision, by=by)
    rows = DutyAssignment.objects.filter(
        agency=predecessor, plan__state="issued", ended_on__isnull=True
    ).select_related("duty")
    mine = [row for row in rows.order_by("plan", "duty__position") if share.takes("duty", row.duty_id)]
    same = successor.duty_assignments.filter(duty__in=[row.duty_id for row in mine])
    known = {row.duty_id: row for row in same}
    found = []
    for work in mine:
        _name_body(work.plan_id, successor, PlanBody.Role.DUTY)
        label = headline(work.duty.text)[:300]
        if work.duty_id in known:
            DutyAssignment.objects.filter(pk=work.pk).update(ended_on=on - ONE_DAY)
            DutyAssignment.objects.filter(pk=known[work.duty_id].pk).update(ended_on=None)
            hand.record(work, "duty_assignment.pass_on")
            url = known[work.duty_id].get_absolute_url()
            found.append(
                Moved(DUTY, label, url, how="merged", note=_("The successor has this duty already."))
            )
        else:
            DutyAssignment.objects.filter(pk=work.pk).update(agency=successor)
            hand.record(work, "duty_assignment.hand_over")
            found.append(Moved(DUTY, label, work.get_absolute_url()))
    return found


def hand_over_occurrences(
    predecessor: Agency,
    successor: Agency,
    *,
    on: date,
    decision: str,
    by: User | None,
    share: Share = WHOLE,
) -> list[Moved]:
    """Episodes and sessions still to be held."""
    hand = Hand(predecessor, successor, on=on, decision=decision, by=by)
    rows = Occurrence.objects.filter(
        lead=predecessor, state__in=("planned", "postponed"), task__plan__state="issued"
    )
    mine = _shared(rows.select_related("task").order_by("task__plan", "task__position", "position"), share)
    Occurrence.objects.filter(pk__in=[row.pk for row in mine]).update(lead=successor)
    for row in mine:
        hand.record(row, "occurrence.hand_over")
    return [Moved(OCCURRENCE_KIND, row.title, row.task.get_absolute_url()) for row in mine]


def _name_body(plan_id: int, agency: Agency, role: str) -> None:
    PlanBody.objects.get_or_create(plan_id=plan_id, agency=agency, role=role)


def _label(assignment: Assignment) -> str:
    return f"{assignment.task} ({assignment.plan.number})" if assignment.plan.number else str(assignment.task)
