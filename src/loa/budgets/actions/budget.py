"""A plan's budget is opened by its coordinator; norms and ceilings are kept as dated rows."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loa.budgets import notices
from loa.budgets.models import Ceiling, CostNorm, PlanBudget
from loa.core import clock, history
from loa.core.access import require
from loa.core.text import fold
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.plans.models import Plan

BODIES = ("coordinator", "content_appraiser", "money_appraiser", "stand_in", "approver", "office")


def open_budget(plan: Plan, *, year: int, by: User, **bodies: Any) -> PlanBudget:
    """Open the money of a plan for a year and ask its agencies for estimates. Twice opens once.

    `bodies` are the fields of PlanBudget: who consolidates, appraises and approves, fund_name, due_on.
    """
    require(by, "budgets.open_budget", plan)
    if plan.state != "issued":
        raise FlowError(_("Only an issued plan has a budget."))
    _refuse_wrong_bodies(bodies)
    existing = PlanBudget.objects.filter(plan=plan, year=year).first()
    if existing:
        return existing
    try:
        with transaction.atomic():
            budget = PlanBudget.objects.create(plan=plan, year=year, created_at=clock.now(), **bodies)
            history.record(budget, "budget.open", by=by, data=_named(bodies))
            notices.budget_opened(budget, by)
    except IntegrityError:  # a second click was faster
        return PlanBudget.objects.get(plan=plan, year=year)
    return budget


def change_budget(budget: PlanBudget, *, by: User, **bodies: Any) -> PlanBudget:
    """Set by hand who does what; what was done already stays as it is."""
    require(by, "budgets.manage_budget", budget)
    _refuse_wrong_bodies({name: bodies.get(name, getattr(budget, name)) for name in BODIES})
    with transaction.atomic():
        for name, value in bodies.items():
            setattr(budget, name, value)
        budget.save()
        history.record(budget, "budget.change", by=by, data=_named(bodies))
    return budget


def _refuse_wrong_bodies(bodies: dict[str, Any]) -> None:
    content, money = bodies["content_appraiser"], bodies["money_appraiser"]
    if content == money:
        raise FlowError(_("Two different bodies appraise: one the content, one the money."))
    if bodies["approver"] in (content, money, bodies.get("stand_in")):
        raise FlowError(_("Who appraises never approves: choose another body."))


def _named(bodies: dict[str, Any]) -> dict[str, Any]:
    return {name: value.code for name, value in bodies.items() if isinstance(value, Agency)}


def save_norm(norm: CostNorm | None = None, *, by: User, **fields: Any) -> CostNorm:
    """Add a dated row, or correct one."""
    require(by, "budgets.manage_norms")
    norm = norm or CostNorm()
    taken = CostNorm.objects.filter(code=fields["code"], valid_from=fields["valid_from"]).exclude(pk=norm.pk)
    if taken.exists():
        raise FlowError(_("This norm has a row from that day already."))
    with transaction.atomic():
        is_new = norm.pk is None
        for name, value in fields.items():
            setattr(norm, name, value)
        norm.save()
        history.record(norm, "norm.add" if is_new else "norm.change", by=by)
    return norm


def save_ceiling(ceiling: Ceiling | None = None, *, by: User, **fields: Any) -> Ceiling:
    require(by, "budgets.manage_norms")
    if not fields.get("plan") and not fields.get("agency"):
        raise FlowError(_("Say for which plan or which agency the ceiling is."))
    ceiling = ceiling or Ceiling()
    with transaction.atomic():
        is_new = ceiling.pk is None
        for name, value in fields.items():
            setattr(ceiling, name, value)
        ceiling.save()
        history.record(ceiling, "ceiling.add" if is_new else "ceiling.change", by=by)
    return ceiling


def load_norms() -> int:
    """Add the rows that ship and are not there yet: names and texts, no amounts, nothing checked."""
    text = resources.files("loa.budgets").joinpath("data/cost_norms.json").read_text(encoding="utf-8")
    known = set(CostNorm.objects.values_list("code", "valid_from"))
    rows = [
        CostNorm(
            code=row["code"],
            name=row["name"],
            unit=row["unit"],
            legal_basis=row["legal_basis"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            note=row["note"],
            search_text=fold(f"{row['code']} {row['name']} {row['legal_basis']}"),
        )
        for row in json.loads(text)
    ]
    new = [row for row in rows if (row.code, row.valid_from) not in known]
    return len(CostNorm.objects.bulk_create(new, ignore_conflicts=True))


def bodies_of(agency: Agency) -> Q:
    """Budgets in which an agency has a part."""
    found = Q()
    for name in BODIES:
        found |= Q(**{name: agency})
    return found
