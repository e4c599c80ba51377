"""Who may, in budgets. Who proposes never appraises, who appraises never approves.

Both are asked of the person and of every agency the person works for, whatever hat is worn now.
"""

from typing import Any

import rules

WORKERS = ("officer", "focal_point", "head")
MANAGERS = ("focal_point", "head")
DECIDERS = ("leader", "head")  # of the body that approves
RECORDERS = ("focal_point", "head", "clerk")  # of its office, which records what was decided
SIDES = ("content", "money")


def _wears(user: Any, agency_id: int | None, *roles: str) -> bool:
    return bool(
        user.hat and agency_id is not None and user.hat.agency.pk == agency_id and user.hat.holds(*roles)
    )


def _works_for(user: Any, *agency_ids: int | None) -> bool:
    """Under any hat: a person does not become another by changing it."""
    return any(hat.agency.pk in agency_ids and hat.holds(*WORKERS, "clerk", "leader") for hat in user.hats)


def proposed(user: Any, estimate: Any) -> bool:
    return _works_for(user, estimate.agency_id) or user.pk in estimate.hands_of["proposed"]


def appraised(user: Any, estimate: Any) -> bool:
    bodies = [estimate.appraiser_id(side) for side in SIDES]
    return _works_for(user, *bodies) or user.pk in estimate.hands_of["appraised"]


def _appraises(user: Any, estimate: Any, side: str, *roles: str) -> bool:
    return bool(
        estimate and _wears(user, estimate.appraiser_id(side), *roles) and not proposed(user, estimate)
    )


@rules.predicate
def coordinates_plan(user: Any, plan: Any) -> bool:
    return bool(plan and _wears(user, plan.coordinator_id, *MANAGERS))


@rules.predicate
def manages_budget(user: Any, budget: Any) -> bool:
    return bool(budget and _wears(user, budget.coordinator_id, *MANAGERS))


@rules.predicate
def writes_estimate(user: Any, estimate: Any) -> bool:
    return bool(estimate and _wears(user, estimate.agency_id, *WORKERS))


@rules.predicate
def submits_estimate(user: Any, estimate: Any) -> bool:
    return bool(estimate and _wears(user, estimate.agency_id, "head"))


@rules.predicate
def consolidates_estimate(user: Any, estimate: Any) -> bool:
    return bool(estimate and manages_budget(user, estimate.budget))


@rules.predicate
def appraises_content(user: Any, estimate: Any) -> bool:
    return _appraises(user, estimate, "content", *WORKERS)


@rules.predicate
def appraises_money(user: Any, estimate: Any) -> bool:
    return _appraises(user, estimate, "money", *WORKERS)


@rules.predicate
def finishes_content(user: Any, estimate: Any) -> bool:
    return _appraises(user, estimate, "content", *MANAGERS) and not estimate.is_done("content")


@rules.predicate
def finishes_money(user: Any, estimate: Any) -> bool:
    return _appraises(user, estimate, "money", *MANAGERS) and not estimate.is_done("money")


@rules.predicate
def resumes_content(user: Any, estimate: Any) -> bool:
    return _appraises(user, estimate, "content", *MANAGERS) and estimate.is_done("content")


@rules.predicate
def resumes_money(user: Any, estimate: Any) -> bool:
    return _appraises(user, estimate, "money", *MANAGERS) and estimate.is_done("money")


@rules.predicate
def leads_appraisal(user: Any, estimate: Any) -> bool:
    return any(_appraises(user, estimate, side, *MANAGERS) for side in SIDES)


@rules.predicate
def approves_estimate(user: Any, estimate: Any) -> bool:
    """Whoever decides for the approver, or records it in its office, and had no hand in it before."""
    if not estimate:
        return False
    budget = estimate.budget
    decides = _wears(user, budget.approver_id, *DECIDERS) or _wears(user, budget.office_id, *RECORDERS)
    return decides and not proposed(user, estimate) and not appraised(user, estimate)


@rules.predicate
def closes_estimate(user: Any, estimate: Any) -> bool:
    """The body that appraised the money accepts how it was spent."""
    return _appraises(user, estimate, "money", *MANAGERS)


@rules.predicate
def decides_for_a_budget(user: Any, budget: Any) -> bool:
    """May record a decision of a budget; each estimate is asked for itself."""
    return bool(
        budget and (_wears(user, budget.approver_id, *DECIDERS) or _wears(user, budget.office_id, *RECORDERS))
    )


@rules.predicate
def keeps_norms(user: Any) -> bool:
    return bool(user.hat and user.hat.holds("administrator"))


rules.add_perm("budgets.open_budget", coordinates_plan)
rules.add_perm("budgets.manage_budget", manages_budget)
rules.add_perm("budgets.decide_budget", decides_for_a_budget)
rules.add_perm("budgets.write_estimate", writes_estimate)
rules.add_perm("budgets.submit_estimate", submits_estimate)
rules.add_perm("budgets.consolidate_estimate", consolidates_estimate)
rules.add_perm("budgets.appraise_content", appraises_content)
rules.add_perm("budgets.appraise_money", appraises_money)
rules.add_perm("budgets.finish_content", finishes_content)
rules.add_perm("budgets.finish_money", finishes_money)
rules.add_perm("budgets.resume_content", resumes_content)
rules.add_perm("budgets.resume_money", resumes_money)
rules.add_perm("budgets.appraise_estimate", leads_appraisal)
rules.add_perm("budgets.approve_estimate", approves_estimate)
rules.add_perm("budgets.spend_estimate", writes_estimate)
rules.add_perm("budgets.close_estimate", closes_estimate)
rules.add_perm("budgets.manage_norms", keeps_norms)
