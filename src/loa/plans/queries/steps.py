"""The buttons of a page: steps that start from the present state, open or grey with a reason."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from loa.core.workflow import Flow, OpenStep
from loa.plans.models import Assignment, CoordinationRequest, Explanation, Extension, Occurrence, Plan
from loa.plans.states import ASSIGNMENT, EXPLANATION, EXTENSION, OCCURRENCE, REQUEST


def assignment_steps(user: Any, assignment: Assignment) -> list[OpenStep]:
    steps = _steps(ASSIGNMENT, user, assignment, assignment.plan)
    return [OpenStep(item.step, item.why_not and _who_may(user, assignment, item)) for item in steps]


def _who_may(user: Any, assignment: Assignment, item: OpenStep) -> str:
    """Rather than "not you": whose turn it is."""
    if assignment.plan.state != "issued":
        return item.why_not or ""
    permission = item.step.permission
    if permission == "plans.accept_assignment":
        if assignment.submitted_by_id == user.pk:
            return _("You submitted it; somebody else accepts.")
        return _("Done by %(agency)s.") % {"agency": accepting_agency(assignment)}
    if permission == "plans.approve_assignment":
        return _("Done by the head of %(agency)s.") % {"agency": assignment.agency}
    return _("Done by %(agency)s or its officer in charge.") % {"agency": assignment.agency}


def accepting_agency(assignment: Assignment) -> Any:
    """The coordinator; for the coordinator's own work the committee's office."""
    plan = assignment.plan
    return plan.accepting_office if assignment.agency_id == plan.coordinator_id else plan.coordinator


def request_steps(user: Any, request: CoordinationRequest) -> list[OpenStep]:
    """Open ones only: others see the answer, not the buttons."""
    return _open(_steps(REQUEST, user, request, request.task.plan))


def extension_steps(user: Any, extension: Extension) -> list[OpenStep]:
    return _open(_steps(EXTENSION, user, extension, extension.assignment.plan))


def explanation_steps(user: Any, explanation: Explanation) -> list[OpenStep]:
    return _open(_steps(EXPLANATION, user, explanation, explanation.assignment.plan))


def occurrence_steps(user: Any, occurrence: Occurrence) -> list[OpenStep]:
    return _open(_steps(OCCURRENCE, user, occurrence, occurrence.task.plan))


def plan_refusal(plan: Plan) -> str | None:
    """Why nothing of a plan moves, or None while it runs."""
    if plan.state == "draft":
        return _("The plan is not issued yet.")
    if plan.state == "closed":
        return _("The plan is closed.")
    return None


def _steps(flow: Flow, user: Any, obj: Any, plan: Plan) -> list[OpenStep]:
    refusal = plan_refusal(plan)
    return [
        OpenStep(step, refusal or flow.why_not(user, obj, step.name))
        for step in flow.steps
        if obj.state in step.sources and not step.is_conducted
    ]


def _open(steps: list[OpenStep]) -> list[OpenStep]:
    return [item for item in steps if item.why_not is None]
