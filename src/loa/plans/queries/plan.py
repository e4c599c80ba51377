"""Who sees a plan and what hangs on it (architecture.md, "See").

A body named in a plan sees the plan, its tasks, leads, states and due dates. Notes, files and
explanations are shared with the lead and coordinating bodies of the task and with the plan's overseers:
coordinator, issuer (its office and leadership included) and accepting office. Others see nothing.
A successor sees what the body saw that it carries on.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from loa.core.text import fold
from loa.directory.models import Agency
from loa.directory.queries import itself_and_predecessors
from loa.plans.models import Plan, PlanBody, Target, Task
from loa.plans.rules import MANAGERS

# An administrator keeps the directory and sees no plan; every other role sees what its agency sees.
READING_ROLES = ("officer", "focal_point", "head", "clerk", "leader")
SHOWN_STATES = ("issued", "closed")


def reading_agency(user: Any) -> Agency | None:
    """The agency whose things this person sees under the hat that is worn."""
    hat = getattr(user, "hat", None)
    return hat.agency if hat and hat.holds(*READING_ROLES) else None


def overseen_by(agency: Agency, prefix: str = "") -> Q:
    """Plans of which an agency sees everything, drafts included. `prefix` leads to the plan ("plan__")."""
    own = itself_and_predecessors(agency)
    overseen = (
        Q(**{f"{prefix}coordinator__in": own})
        | Q(**{f"{prefix}issuer__in": own})
        | Q(**{f"{prefix}accepting_office__in": own})
    )
    if agency.kind == Agency.Kind.OFFICE and agency.parent_id:
        overseen |= Q(**{f"{prefix}issuer": agency.parent_id})
    return overseen


def plans_visible_to(user: Any) -> QuerySet[Plan]:
    agency = reading_agency(user)
    if agency is None:
        return Plan.objects.none()
    named = Exists(PlanBody.objects.filter(plan=OuterRef("pk"), agency__in=itself_and_predecessors(agency)))
    return Plan.objects.filter(overseen_by(agency) | (Q(state__in=SHOWN_STATES) & named))


def coordinates_a_plan(user: Any) -> bool:
    """Whether the hat's agency coordinates a plan that is in force. One query."""
    agency = reading_agency(user)
    if agency is None:
        return False
    return Plan.objects.filter(state="issued", coordinator__in=itself_and_predecessors(agency)).exists()


def tasks_visible_to(user: Any) -> QuerySet[Task]:
    if reading_agency(user) is None:
        return Task.objects.none()
    return Task.objects.filter(plan__in=plans_visible_to(user))


def tasks_to_give_under(user: Any) -> QuerySet[Task]:
    """Tasks of running plans that this person coordinates: under them work is given."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*MANAGERS):
        return Task.objects.none()
    rows = Task.objects.filter(plan__coordinator=hat.agency, plan__state="issued", ended_on__isnull=True)
    return rows.select_related("plan").order_by("-plan__year", "plan", "position")


def targets_visible_to(user: Any) -> QuerySet[Target]:
    return Target.objects.filter(task__in=tasks_visible_to(user))


def plans_numbered(number: str, *, issuer: str = "", year: int | None = None) -> QuerySet[Plan]:
    """Plans by their printed number, narrowed by the issuer's code or name and by the year."""
    plans = Plan.objects.filter(number__iexact=" ".join(number.split()))
    if issuer:
        plans = plans.filter(Q(issuer__code__iexact=issuer) | Q(issuer__search_name__contains=fold(issuer)))
    return plans.filter(year=year) if year else plans


def dates_of(plan: Plan) -> tuple[date | None, date | None]:
    """The first and the last day of a plan's work: None where nothing has a date."""
    found = plan.assignments.aggregate(
        first=Min("assigned_on"), starts=Min("task__starts_on"), last=Max("due_on"), ends=Max("task__due_on")
    )
    firsts = [day for day in (found["first"], found["starts"]) if day]
    lasts = [day for day in (found["last"], found["ends"]) if day]
    return min(firsts, default=None), max(lasts, default=None)
