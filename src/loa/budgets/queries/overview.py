"""The money of a plan's year at a glance: by agency, by task, by source. Few queries, whatever the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from loa.budgets.models import Estimate, FundingSource, PlanBudget
from loa.budgets.queries.money import Money, budget_money_by, money_of_budget
from loa.directory.models import Agency
from loa.plans.models import Task


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of money."""

    label: str
    money: Money
    url: str = ""
    obj: Any = None


@dataclass(frozen=True, slots=True)
class Overview:
    total: Money
    agencies: list[Row]
    tasks: list[Row]
    sources: list[Row]


def overview_of(budget: PlanBudget, *, agency: Agency | None = None) -> Overview:
    """With `agency` its part alone. Six queries."""
    by_estimate = budget_money_by(budget, "estimate", agency=agency)
    estimates = Estimate.objects.filter(budget=budget).select_related("agency")
    if agency:
        estimates = estimates.filter(agency=agency)
    agencies = [
        Row(
            str(estimate.agency), by_estimate.get(estimate.pk, Money()), estimate.get_absolute_url(), estimate
        )
        for estimate in estimates
    ]
    by_source = budget_money_by(budget, "funding_source", agency=agency)
    sources = [
        Row(str(label), by_source[value]) for value, label in FundingSource.choices if value in by_source
    ]
    total = sum(by_source.values(), Money()) if agency else money_of_budget(budget)
    return Overview(total, agencies, _tasks(budget, agency), sources)


def _tasks(budget: PlanBudget, agency: Agency | None) -> list[Row]:
    by_task = budget_money_by(budget, "task", agency=agency)
    tasks = Task.objects.filter(pk__in=[key for key in by_task if key]).order_by("position")
    rows = [Row(str(task), by_task[task.pk], task.get_absolute_url(), task) for task in tasks]
    if None in by_task:
        rows.append(Row("", by_task[None]))  # the template says what it is
    return rows


def counted(estimates: QuerySet[Estimate]) -> dict[str, int]:
    """State → how many. One query."""
    return dict(estimates.order_by().values_list("state").annotate(count=Count("pk")))
