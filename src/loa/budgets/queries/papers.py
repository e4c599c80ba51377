"""What the papers of an estimate or of a plan's budget say, read in a fixed number of queries."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from loa.budgets.models import (
    ApprovedLine,
    Estimate,
    EstimateLine,
    FundingSource,
    LineAppraisal,
    PlanBudget,
    Side,
)
from loa.budgets.states import APPRAISED_STATES, HANDED_IN_STATES
from loa.core import clock
from loa.directory.models import Agency
from loa.directory.queries.naming import names_on
from loa.directory.queries.signing import head_signature


@cache
def words() -> dict[str, Any]:
    """The words of the papers, always Vietnamese."""
    text = resources.files("loa.budgets").joinpath("data/papers.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """Who writes to whom about which plan, with the names of the day."""

    agency: str
    parent_agency: str | None
    symbol: str
    place: str
    addressee: str
    issuer: str
    plan_number: str
    plan_on: date | None
    plan_title: str
    year: int
    fund_name: str
    signer_title: str
    signer_authority: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinePaper:
    """One line with what each body said; amounts in đồng, None where nobody has spoken yet."""

    key: int
    group: str  # the printed words of what it is for: a task, standing duties, or anything else
    content: str
    unit: str
    quantity: Decimal
    times: Decimal
    unit_price: int
    amount: int
    legal_basis: str
    source: str
    expense_item: str
    note: str
    by_side: dict[str, int]
    appraised: int | None
    approved: int | None
    reasons: tuple[str, ...]

    @property
    def difference(self) -> int | None:
        return None if self.appraised is None else self.appraised - self.amount


@dataclass(frozen=True, slots=True)
class EstimatePaper:
    """One agency's estimate; the lines in the order of their groups."""

    owner: str
    state: str
    lines: tuple[LinePaper, ...]

    @property
    def proposed(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def appraised(self) -> int:
        return sum(line.appraised or 0 for line in self.lines)

    @property
    def approved(self) -> int:
        return sum(line.approved or 0 for line in self.lines)

    @property
    def is_appraised(self) -> bool:
        return self.state in APPRAISED_STATES

    @property
    def cuts(self) -> tuple[LinePaper, ...]:
        return tuple(line for line in self.lines if line.difference)

    def by_source(self) -> dict[str, int]:
        """Source → what is proposed from it, in the order of the sources."""
        sums = dict.fromkeys(FundingSource.values, 0)
        for line in self.lines:
            sums[line.source] += line.amount
        return {source: total for source, total in sums.items() if total}


def estimate_paper_facts(estimate: Estimate) -> tuple[HeadFacts, EstimatePaper]:
    """From its agency to the coordinator, or where the agency coordinates, to the approver."""
    budget = estimate.budget
    own = estimate.agency_id == budget.coordinator_id
    head = _head(budget, estimate.agency, budget.approver if own else budget.coordinator)
    return head, _papers([estimate])[0]


def appraisal_paper_facts(estimate: Estimate, appraiser: Agency) -> tuple[HeadFacts, EstimatePaper]:
    """From a body that appraises to the coordinator."""
    return _head(estimate.budget, appraiser, estimate.budget.coordinator), _papers([estimate])[0]


def consolidated_paper_facts(budget: PlanBudget) -> tuple[HeadFacts, tuple[EstimatePaper, ...]]:
    """From the coordinator to the approver: every estimate that was handed in."""
    estimates = budget.estimates.filter(state__in=HANDED_IN_STATES).order_by("agency__sort_name", "pk")
    return _head(budget, budget.coordinator, budget.approver), tuple(_papers(estimates))


def _head(budget: PlanBudget, agency: Agency, addressee: Agency) -> HeadFacts:
    plan, today = budget.plan, clock.today()
    bodies = [body for body in (agency, agency.parent, addressee, plan.issuer) if body]
    names = {body.pk: body.name for body in bodies} | names_on([body.pk for body in bodies], today)
    signature = head_signature(agency, today)
    return HeadFacts(
        agency=names[agency.pk],
        parent_agency=names[agency.parent_id] if agency.parent_id else None,
        symbol=agency.symbol or agency.code.upper(),
        place=agency.place or plan.issuer.place,
        addressee=names[addressee.pk],
        issuer=names[plan.issuer_id],
        plan_number=plan.number,
        plan_on=plan.issued_on,
        plan_title=plan.title,
        year=budget.year,
        fund_name=budget.fund_name,
        signer_title=signature["title"],
        signer_authority=tuple(signature["authority"]),
    )


def _papers(estimates: Iterable[Estimate]) -> list[EstimatePaper]:
    """Four queries, however many estimates and lines."""
    found = list(estimates)
    keys = [estimate.pk for estimate in found]
    rows = EstimateLine.objects.filter(estimate__in=keys).select_related("task", "norm")
    lines = sorted(rows.order_by("position", "pk"), key=_group_order)
    said: dict[int, list[LineAppraisal]] = {}
    for appraisal in LineAppraisal.objects.filter(line__estimate__in=keys, is_stale=False).order_by("side"):
        said.setdefault(appraisal.line_id, []).append(appraisal)
    approved: dict[int, tuple[int, str]] = {}
    for row in ApprovedLine.objects.filter(line__estimate__in=keys):
        approved[row.line_id] = row.amount, row.reason
    names = names_on([estimate.agency_id for estimate in found], clock.today())
    papers: dict[int, list[LinePaper]] = {key: [] for key in keys}
    for line in lines:
        papers[line.estimate_id].append(_line(line, said.get(line.pk, []), approved.get(line.pk)))
    return [
        EstimatePaper(
            names.get(estimate.agency_id, estimate.agency.name), estimate.state, tuple(papers[estimate.pk])
        )
        for estimate in found
    ]


def _group_order(line: EstimateLine) -> tuple[int, int, int]:
    """Tasks of the list as printed, then standing duties, then anything else."""
    if line.task:
        return 0, line.task.position, line.position
    return (1 if line.duty_assignment_id else 2), 0, line.position


def _group(line: EstimateLine) -> str:
    if line.task:
        content = " ".join(line.task.content.split()).strip(" .;")
        text: str = words()["tasks"].format(no=line.task.no, content=content)
        return text
    return str(words()["duties"] if line.duty_assignment_id else words()["others"])


def _line(line: EstimateLine, appraisals: list[LineAppraisal], approved: tuple[int, str] | None) -> LinePaper:
    reasons = [row.reason.strip() for row in appraisals if row.is_change]
    if approved and approved[1]:
        reasons.append(approved[1].strip())
    return LinePaper(
        key=line.pk,
        group=_group(line),
        content=line.content,
        unit=line.unit,
        quantity=line.quantity,
        times=line.times,
        unit_price=line.unit_price,
        amount=line.amount,
        legal_basis=line.legal_basis or (line.norm.legal_basis if line.norm else ""),
        source=line.funding_source,
        expense_item=line.expense_item,
        note=line.note,
        by_side={str(Side(row.side).value): row.amount for row in appraisals},
        appraised=line.appraised_amount,
        approved=approved[0] if approved else None,
        reasons=tuple(reasons),
    )


def appraiser_of(estimate: Estimate, side: str) -> Agency:
    return Agency.objects.select_related("parent").get(pk=estimate.appraiser_id(side))
