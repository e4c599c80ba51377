"""The coordinator gathers what agencies submitted and moves it on, one by one or all at once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from loa.budgets import notices
from loa.budgets.actions.freezing import freeze
from loa.budgets.models import Estimate, EstimateLine, EstimateVersion, PlanBudget
from loa.budgets.states import ESTIMATE
from loa.core.access import require
from loa.directory.models import User

# what a step of the coordinator sets beside the state
_CHANGES: dict[str, dict[str, Any]] = {
    "return_to_appraisal": {
        "content_done_at": None,
        "content_done_by": None,
        "money_done_at": None,
        "money_done_by": None,
        "appraised_on": None,
    },
}


def _move(estimate: Estimate, step: str, *, by: User, note: str = "") -> None:
    with transaction.atomic():
        entry = ESTIMATE.take(estimate, step, by=by, note=note, **_CHANGES.get(step, {}))
        notices.estimate_moved(estimate, entry)


def consolidate_estimate(estimate: Estimate, *, by: User) -> None:
    _move(estimate, "consolidate", by=by)


def send_to_appraisal(estimate: Estimate, *, by: User) -> None:
    _move(estimate, "send_to_appraisal", by=by)


def return_to_appraisal(estimate: Estimate, *, reason: str, by: User) -> None:
    """Both bodies look again; what they wrote stays."""
    _move(estimate, "return_to_appraisal", by=by, note=reason)


def submit_to_committee(estimate: Estimate, *, by: User) -> None:
    _move(estimate, "submit_to_committee", by=by)


def return_to_agency(estimate: Estimate, *, reason: str, by: User) -> None:
    """Lines and what was appraised of them stay; the agency sees why, and the version it sent is kept."""
    with transaction.atomic():
        entry = ESTIMATE.take(
            estimate,
            "return_to_agency",
            by=by,
            note=reason,
            content_done_at=None,
            content_done_by=None,
            money_done_at=None,
            money_done_by=None,
        )
        freeze(estimate, EstimateVersion.Kind.RETURNED, by=by, note=reason, amount=_as_looked_at)
        notices.estimate_moved(estimate, entry)


def _as_looked_at(line: EstimateLine) -> int:
    return line.amount if line.appraised_amount is None else line.appraised_amount


def move_all(budget: PlanBudget, step: str, *, by: User) -> int:
    """One step of the coordinator for every estimate of the budget that stands before it. Returns how many."""
    require(by, "budgets.manage_budget", budget)
    waiting = budget.estimates.filter(state__in=ESTIMATE.by_name[step].sources)
    count = 0
    with transaction.atomic():
        for estimate in waiting.select_related("budget__plan", "agency").prefetch_related("hands"):
            _move(estimate, step, by=by)
            count += 1
    return count
