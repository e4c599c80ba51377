"""Who sees what of the money.

An estimate is its agency's own until it is handed in; then also the coordinator's, the appraising bodies',
the approver's and its office's, and of who oversees the plan. A body named in the plan sees the budget
and its own part of the figures; the whole figures are for the bodies of the budget and the overseers.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.budgets.models import (
    Approval,
    CarriedMoney,
    Commitment,
    Estimate,
    EstimateLine,
    Payment,
    PlanBudget,
    VoucherFile,
)
from loa.budgets.states import APPRAISED_STATES, HANDED_IN_STATES
from loa.directory.models import Agency
from loa.plans.models import Plan, PlanBody
from loa.plans.queries.plan import overseen_by, reading_agency


def _body_of(agency: Agency, prefix: str = "") -> Q:
    """A body of the budget, or one that oversees its plan."""
    roles = ("coordinator", "content_appraiser", "money_appraiser", "stand_in", "approver", "office")
    found = overseen_by(agency, f"{prefix}plan__")
    for role in roles:
        found |= Q(**{f"{prefix}{role}": agency.pk})
    return found


def budgets_visible_to(user: Any) -> QuerySet[PlanBudget]:
    agency = reading_agency(user)
    if agency is None:
        return PlanBudget.objects.none()
    named = Exists(PlanBody.objects.filter(plan=OuterRef("plan"), agency=agency))
    has_estimate = Exists(Estimate.objects.filter(budget=OuterRef("pk"), agency=agency))
    shown = Q(plan__state__in=("issued", "closed")) & Q(named)
    return PlanBudget.objects.filter(_body_of(agency) | shown | Q(has_estimate))


def budgets_overseen_by(user: Any) -> QuerySet[PlanBudget]:
    """Budgets whose whole figures one sees."""
    agency = reading_agency(user)
    return PlanBudget.objects.filter(_body_of(agency)) if agency else PlanBudget.objects.none()


def money_shown_to(user: Any, plan: Plan) -> Agency | None:
    """None: the whole plan's money is shown; an agency: its part alone. Asked only by who sees the plan."""
    agency = reading_agency(user)
    if agency is None or Plan.objects.filter(overseen_by(agency), pk=plan.pk).exists():
        return None
    return None if budgets_overseen_by(user).filter(plan=plan).exists() else agency


def estimates_visible_to(user: Any) -> QuerySet[Estimate]:
    agency = reading_agency(user)
    if agency is None:
        return Estimate.objects.none()
    handed_in = Q(state__in=HANDED_IN_STATES) & _body_of(agency, "budget__")
    return Estimate.objects.filter(Q(agency=agency) | handed_in)


def lines_visible_to(user: Any) -> QuerySet[EstimateLine]:
    return EstimateLine.objects.filter(estimate__in=estimates_visible_to(user))


def commitments_visible_to(user: Any) -> QuerySet[Commitment]:
    return Commitment.objects.filter(line__estimate__in=estimates_visible_to(user))


def payments_visible_to(user: Any) -> QuerySet[Payment]:
    return Payment.objects.filter(line__estimate__in=estimates_visible_to(user))


def vouchers_visible_to(user: Any) -> QuerySet[VoucherFile]:
    return VoucherFile.objects.filter(payment__in=payments_visible_to(user))


def approvals_visible_to(user: Any) -> QuerySet[Approval]:
    return Approval.objects.filter(lines__line__estimate__in=estimates_visible_to(user)).distinct()


def carried_visible_to(user: Any) -> QuerySet[CarriedMoney]:
    return CarriedMoney.objects.filter(line__estimate__in=estimates_visible_to(user))


def appraisal_is_shown(user: Any, estimate: Estimate) -> bool:
    """To the bodies of the budget while it goes on, to its agency once both have finished. Asked by who sees it."""
    if estimate.state in APPRAISED_STATES:
        return True
    return (
        estimate.state == "in_appraisal" and budgets_overseen_by(user).filter(pk=estimate.budget_id).exists()
    )
