from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from loa.core import clock
from loa.core.legal import MissingRuleError, RuleInForce, rule_on
from loa.directory.models import Agency, Membership, User, in_force
from loa.directory.queries import itself_and_predecessors
from loa.plans.models import (
    Assignment,
    CoordinationRequest,
    DutyAssignment,
    Explanation,
    Extension,
    Occurrence,
)
from loa.plans.queries.plan import overseen_by, plans_visible_to, reading_agency, tasks_visible_to

WORKING_ROLES = ("officer", "focal_point", "head")


def assignments_visible_to(user: Any) -> QuerySet[Assignment]:
    """Who leads what, by when, in which state: for every body named in the plan."""
    if reading_agency(user) is None:
        return Assignment.objects.none()
    return Assignment.objects.filter(plan__in=plans_visible_to(user))


def assignments_shared_with(user: Any) -> QuerySet[Assignment]:
    """Assignments whose notes, files and explanations this person reads."""
    agency = reading_agency(user)
    if agency is None:
        return Assignment.objects.none()
    return assignments_visible_to(user).filter(
        overseen_by(agency, "plan__") | _leads_task(agency) | _coordinates_task(agency)
    )


def _leads_task(agency: Agency) -> Exists:
    return Exists(
        Assignment.objects.filter(task=OuterRef("task"), agency__in=itself_and_predecessors(agency))
    )


def _coordinates_task(agency: Agency) -> Exists:
    return Exists(
        CoordinationRequest.objects.filter(task=OuterRef("task"), agency__in=itself_and_predecessors(agency))
    )


def duty_assignments_visible_to(user: Any) -> QuerySet[DutyAssignment]:
    if reading_agency(user) is None:
        return DutyAssignment.objects.none()
    return DutyAssignment.objects.filter(plan__in=plans_visible_to(user))


def duty_assignments_shared_with(user: Any) -> QuerySet[DutyAssignment]:
    """Standing duties whose notes and files this person reads: the body's own, and the overseers."""
    agency = reading_agency(user)
    if agency is None:
        return DutyAssignment.objects.none()
    return duty_assignments_visible_to(user).filter(
        overseen_by(agency, "plan__") | Q(agency__in=itself_and_predecessors(agency))
    )


def requests_visible_to(user: Any) -> QuerySet[CoordinationRequest]:
    """Requests to coordinating bodies: theirs, their fellows' in the task, the leads', the overseers'."""
    agency = reading_agency(user)
    if agency is None:
        return CoordinationRequest.objects.none()
    return CoordinationRequest.objects.filter(task__plan__in=plans_visible_to(user)).filter(
        overseen_by(agency, "task__plan__") | _leads_task(agency) | _coordinates_task(agency)
    )


def extensions_visible_to(user: Any) -> QuerySet[Extension]:
    return Extension.objects.filter(assignment__in=assignments_shared_with(user))


def explanations_visible_to(user: Any) -> QuerySet[Explanation]:
    return Explanation.objects.filter(assignment__in=assignments_shared_with(user))


def occurrences_visible_to(user: Any) -> QuerySet[Occurrence]:
    """Dates of episodes and sessions are part of the plan: for every body named in it."""
    return Occurrence.objects.filter(task__in=tasks_visible_to(user))


def officers_of(assignment: Assignment) -> QuerySet[User]:
    """Who may be put in charge: the people who work in the lead agency today."""
    held = Membership.objects.filter(
        in_force(clock.today()), agency=assignment.agency_id, role__in=WORKING_ROLES
    )
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("full_name")


def accepted_by(agency: Agency, *, doer: str = "agency", plan: str = "plan") -> Q:
    """What this agency accepts: as coordinator the work of others, as the plan's office the coordinator's own."""
    own = Q(**{doer: F(f"{plan}__coordinator")})
    return (Q(**{f"{plan}__coordinator": agency}) & ~own) | (Q(**{f"{plan}__accepting_office": agency}) & own)


def own_assignments(user: Any) -> QuerySet[Assignment]:
    """What the hat's agency leads, over all plans it may see."""
    agency = reading_agency(user)
    return assignments_visible_to(user).filter(agency=agency) if agency else Assignment.objects.none()


def own_duty_assignments(user: Any) -> QuerySet[DutyAssignment]:
    agency = reading_agency(user)
    if agency is None:
        return DutyAssignment.objects.none()
    own = duty_assignments_visible_to(user).filter(agency=agency, ended_on__isnull=True)
    return own.select_related("duty", "plan")


def own_requests(user: Any) -> QuerySet[CoordinationRequest]:
    """What the hat's agency is asked to take part in."""
    agency = reading_agency(user)
    if agency is None:
        return CoordinationRequest.objects.none()
    return requests_visible_to(user).filter(agency=agency).select_related("task__plan", "agency")


def explanation_rule(day: date) -> RuleInForce | None:
    """How many working days an agency has to explain late work; None where no rule is in force."""
    try:
        return rule_on("plan.explanation", day)
    except MissingRuleError:
        return None


def open_explanations() -> QuerySet[Explanation]:
    """Explanations still owed, in a plan that still runs."""
    return Explanation.objects.filter(state="asked", assignment__plan__state="issued").select_related(
        "assignment__plan", "assignment__task", "assignment__agency", "assignment__officer"
    )
