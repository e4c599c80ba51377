"""Who does what with a plan's money, read from the plan's own words; a person confirms it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loa.core.text import fold
from loa.directory.models import Agency
from loa.plans.models import Plan

_FUND = re.compile(
    r"(?:chi|lấy|bố trí|sử dụng)\s+(?:từ|trong)\s+(?:nguồn\s+)?(kinh phí[^.;,]{3,200})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class BudgetProposal:
    """Fields of PlanBudget; what the plan does not say is None."""

    year: int
    coordinator: Agency
    content_appraiser: Agency | None
    money_appraiser: Agency | None
    approver: Agency
    office: Agency
    fund_name: str
    legal_basis: str


def propose_budget(plan: Plan) -> BudgetProposal:
    """Bodies whose duty is to appraise the money: the finance body looks at the money, the other at content."""
    duties = plan.duties.filter(agency__isnull=False).select_related("agency").order_by("position")
    found: dict[int, Agency] = {}
    for duty in duties:
        words = fold(duty.text)
        if "tham dinh" in words and ("du toan" in words or "kinh phi" in words) and duty.agency:
            found.setdefault(duty.agency.pk, duty.agency)
    others = [agency for agency in found.values() if agency.pk not in (plan.coordinator_id, plan.issuer_id)]
    money = next((agency for agency in others if "tai chinh" in agency.search_name), None)
    content = next((agency for agency in others if agency != money), None)
    fund = _FUND.search(" ".join(plan.money_text.split()))
    return BudgetProposal(
        year=plan.year,
        coordinator=plan.coordinator,
        content_appraiser=content,
        money_appraiser=money,
        approver=plan.issuer,
        office=plan.accepting_office,
        fund_name=fund.group(1).strip()[:300] if fund else "",
        legal_basis=plan.money_text,
    )
