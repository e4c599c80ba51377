"""Estimates and parts in budgets pass to the body that follows; history keeps the old names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from loa.budgets.actions.budget import BODIES, bodies_of
from loa.budgets.models import Ceiling, Estimate, PlanBudget
from loa.core import history
from loa.core.handover import Moved
from loa.directory.models import Agency, User

ESTIMATE_KIND, PART_KIND, CEILING_KIND = (
    gettext_lazy("Estimate"),
    gettext_lazy("Part in a budget"),
    gettext_lazy("Ceiling"),
)


@transaction.atomic
def hand_over_estimates(
    predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User
) -> list[Moved]:
    """Open estimates, parts in budgets and ceilings go to the successor; closed estimates stay as they were.

    What cannot pass is listed with the reason: the successor has an estimate of its own in that budget, or
    would appraise what it approves.
    """
    data = {"from": predecessor.code, "to": successor.code, "decision": decision, "on": on.isoformat()}
    return [
        *_estimates(predecessor, successor, data, by),
        *_parts(predecessor, successor, data, by),
        *_ceilings(predecessor, successor, on, data, by),
    ]


def _estimates(predecessor: Agency, successor: Agency, data: dict[str, Any], by: User) -> list[Moved]:
    rows = list(
        Estimate.objects.filter(agency=predecessor).exclude(state="closed").select_related("budget__plan")
    )
    taken = set(
        Estimate.objects.filter(agency=successor, budget__in=[row.budget_id for row in rows]).values_list(
            "budget", flat=True
        )
    )
    moved = []
    for estimate in rows:
        label = str(estimate.budget)
        why_not = ""
        if estimate.budget_id in taken:
            why_not = gettext("The successor has an estimate of its own here.")
        else:
            Estimate.objects.filter(pk=estimate.pk).update(agency=successor)
            history.record(estimate, "estimate.hand_over", by=by, data=data)
        moved.append(Moved(ESTIMATE_KIND, label, estimate.get_absolute_url(), why_not))
    return moved


def _parts(predecessor: Agency, successor: Agency, data: dict[str, Any], by: User) -> list[Moved]:
    moved = []
    for budget in PlanBudget.objects.filter(bodies_of(predecessor)).select_related("plan"):
        parts = {name: getattr(budget, f"{name}_id") for name in BODIES}
        after = {name: successor.pk if pk == predecessor.pk else pk for name, pk in parts.items()}
        why_not = _why_not(after)
        if not why_not:
            PlanBudget.objects.filter(pk=budget.pk).update(**{f"{name}_id": pk for name, pk in after.items()})
            history.record(budget, "budget.hand_over", by=by, data=data)
        moved.append(Moved(PART_KIND, str(budget), budget.get_absolute_url(), why_not))
    return moved


def _why_not(parts: dict[str, int | None]) -> str:
    content, money = parts["content_appraiser"], parts["money_appraiser"]
    if content == money:
        return gettext("The successor would appraise both content and money: choose another body.")
    if parts["approver"] in (content, money, parts["stand_in"]):
        return gettext("The successor would approve what it appraises: choose another body.")
    return ""


def _ceilings(
    predecessor: Agency, successor: Agency, on: date, data: dict[str, Any], by: User
) -> list[Moved]:
    moved = []
    for ceiling in Ceiling.objects.filter(agency=predecessor).exclude(valid_to__lt=on):
        Ceiling.objects.filter(pk=ceiling.pk).update(agency=successor)
        history.record(ceiling, "ceiling.hand_over", by=by, data=data)
        moved.append(Moved(CEILING_KIND, str(ceiling)))
    return moved
