"""The money of a plan, one definition for every page, report and chart.

Proposed: lines of estimates that are handed in (a draft or a returned estimate asks for nothing).
Appraised: what both bodies left of them, once both have finished. Approved: by decisions, on their day.
Committed and spent: contracts and payments, on their day. `until` counts what had happened by that day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from loa.budgets.models import ApprovedLine, Commitment, EstimateLine, Payment, PlanBudget
from loa.budgets.states import APPRAISED_STATES, HANDED_IN_STATES
from loa.directory.models import Agency
from loa.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Money:
    """Whole đồng."""

    proposed: int = 0
    appraised: int = 0
    approved: int = 0
    committed: int = 0
    spent: int = 0

    @property
    def left(self) -> int:
        """Approved and not spent."""
        return self.approved - self.spent

    @property
    def cut(self) -> int:
        """Proposed and not approved, once something is approved."""
        return self.proposed - self.approved if self.approved else 0

    @property
    def is_overcommitted(self) -> bool:
        return self.committed > self.approved

    @property
    def spent_percent(self) -> int:
        return 100 * self.spent // self.approved if self.approved else 0

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def __add__(self, other: Money) -> Money:
        return Money(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def money_of_plan(plan: Plan, *, until: date | None = None, agency: Agency | None = None) -> Money:
    """All money of a plan, or one agency's part of it. One query."""
    return _money(_scope(plan, agency), None, until).get(0, Money())


def money_by_task(plan: Plan, *, until: date | None = None, agency: Agency | None = None) -> dict[int, Money]:
    """Task id → its money; lines for duties or for neither are of no task. One query."""
    found = _money(_scope(plan, agency), "task", until)
    return {key: money for key, money in found.items() if key is not None}


def money_by_agency(plan: Plan, *, until: date | None = None) -> dict[int, Money]:
    """Agency id → its money. One query."""
    return _money(_scope(plan, None), "estimate__agency", until)


def money_by_source(
    plan: Plan, *, until: date | None = None, agency: Agency | None = None
) -> dict[str, Money]:
    """Source of funds → its money. One query."""
    return _money(_scope(plan, agency), "funding_source", until)


def money_of_task(task_id: int, *, agency: Agency | None = None) -> dict[int, Money]:
    """Agency id → its money for one task. One query."""
    scope = {"task": task_id} | ({"estimate__agency": agency} if agency else {})
    return _money(scope, "estimate__agency", None)


def money_of_budget(budget: PlanBudget) -> Money:
    """The money of one plan in one year. One query."""
    return _money({"estimate__budget": budget}, None, None).get(0, Money())


def budget_money_by(budget: PlanBudget, field: str, *, agency: Agency | None = None) -> dict[Any, Money]:
    """By "task", "estimate__agency", "estimate" or "funding_source" of one year. One query."""
    scope: dict[str, Any] = {"estimate__budget": budget}
    return _money(scope | ({"estimate__agency": agency} if agency else {}), field, None)


def _scope(plan: Plan, agency: Agency | None) -> dict[str, Any]:
    return {"estimate__plan": plan} | ({"estimate__agency": agency} if agency else {})


def _money(scope: dict[str, Any], field: str | None, until: date | None) -> dict[Any, Money]:
    parts = _parts(scope, field, until)
    found: dict[Any, dict[str, int]] = defaultdict(dict)
    for key, what, total in parts[0].union(*parts[1:], all=True):
        found[key][what] = int(total or 0)
    every = {key: Money(**sums) for key, sums in found.items()}
    return {key: money for key, money in every.items() if money}


def approved_lines(until: date | None = None) -> QuerySet[ApprovedLine]:
    """What decisions gave, by a day."""
    return ApprovedLine.objects.filter(_by(until, "approval__decided_on"))


def live_payments(until: date | None = None) -> QuerySet[Payment]:
    """What was paid and not taken back, by a day."""
    return Payment.objects.filter(_by(until, "on"), withdrawn_at__isnull=True)


def _parts(scope: dict[str, Any], field: str | None, until: date | None) -> list[QuerySet]:
    lines = EstimateLine.objects.filter(**scope)
    on_line = {f"line__{name}": value for name, value in scope.items()}
    live = Q(withdrawn_at__isnull=True)
    return [
        _sums(
            lines.filter(_by(until, "estimate__submitted_on"), estimate__state__in=HANDED_IN_STATES),
            "proposed", field, "amount",
        ),
        _sums(
            lines.filter(_by(until, "estimate__appraised_on"), estimate__state__in=APPRAISED_STATES),
            "appraised", field, "appraised_amount",
        ),
        _sums(
            approved_lines(until).filter(**on_line),
            "approved", field and f"line__{field}",
        ),
        _sums(Commitment.objects.filter(live & _by(until, "on"), **on_line), "committed", field and f"line__{field}"),
        _sums(live_payments(until).filter(**on_line), "spent", field and f"line__{field}"),
    ]  # fmt: skip


def _by(until: date | None, field: str) -> Q:
    return Q(**{f"{field}__lte": until}) if until else Q()


def _sums(rows: QuerySet, what: str, field: str | None, amount: str = "amount") -> QuerySet:
    """(key, what, sum) rows that can be put together with others of their kind."""
    key = F(field) if field else Value(0, output_field=BigIntegerField())
    grouped = rows.order_by().annotate(key=key).values("key")
    total = Cast(Sum(amount), BigIntegerField())
    return grouped.annotate(what=Value(what, output_field=CharField()), total=total).values_list(
        "key", "what", "total"
    )
