"""What to look at twice, each with the text it rests on. A warning never blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from loa.budgets.models import Ceiling, Estimate, EstimateLine, FundingSource
from loa.core.text import format_date, format_money


class Warned(NamedTuple):
    text: str
    legal_basis: str = ""


def day_of(estimate: Estimate, today: date) -> date:
    """The day on which norms and ceilings are looked up: today within the year, else its nearest end."""
    return min(max(today, date(estimate.year, 1, 1)), date(estimate.year, 12, 31))


def line_warnings(estimate: Estimate, lines: Iterable[EstimateLine], today: date) -> dict[int, list[Warned]]:
    """Line id → warnings. Needs lines with `norm`; one query for the ceilings."""
    day = day_of(estimate, today)
    ceilings = ceilings_on(estimate, day)
    found: dict[int, list[Warned]] = defaultdict(list)
    for line in lines:
        found[line.pk] += [*_of_norm(line, day), *_of_source(estimate, line), *_of_ceilings(line, ceilings)]
        if not line.amount:
            found[line.pk].append(Warned(_("The amount is nought.")))
    return {key: warned for key, warned in found.items() if warned}


def _of_norm(line: EstimateLine, day: date) -> list[Warned]:
    norm = line.norm
    if norm is None:
        return []
    basis, warned = norm.legal_basis, []
    if day < norm.valid_from or (norm.valid_to and day > norm.valid_to):
        warned.append(Warned(_("The norm is not in force on %(day)s.") % {"day": format_date(day)}, basis))
    if norm.ceiling is not None and line.unit_price > norm.ceiling:
        words = {"ceiling": format_money(norm.ceiling), "unit": norm.unit or _("unit")}
        warned.append(Warned(_("Over the norm of %(ceiling)s for one %(unit)s.") % words, basis))
    if not norm.is_checked:
        warned.append(Warned(_("The norm is not checked in the text itself."), basis))
    return warned


def _of_source(estimate: Estimate, line: EstimateLine) -> list[Warned]:
    """Tasks of the list are paid from the fund, everything else from the agency's own estimate."""
    budget = estimate.budget
    if not budget.fund_name:
        return []
    is_fund = line.funding_source == FundingSource.FUND
    if line.task_id and not is_fund:
        return [
            Warned(
                _("Tasks of the list are paid from: %(fund)s.") % {"fund": budget.fund_name},
                budget.legal_basis,
            )
        ]
    if not line.task_id and is_fund:
        return [
            Warned(
                _(
                    "This source pays tasks of the list only; other work is paid from the agency's own estimate."
                ),
                budget.legal_basis,
            )
        ]
    return []


def _of_ceilings(line: EstimateLine, ceilings: list[Ceiling]) -> list[Warned]:
    return [
        Warned(
            _("The line alone is over the ceiling of %(amount)s.") % {"amount": format_money(ceiling.amount)},
            ceiling.legal_basis,
        )
        for ceiling in ceilings
        if ceiling.funding_source in ("", line.funding_source) and line.amount > ceiling.amount
    ]


def ceilings_on(estimate: Estimate, day: date) -> list[Ceiling]:
    """Ceilings of the agency or of the plan in force on a day. One query."""
    in_force = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    of_agency = Q(agency=estimate.agency_id) & (Q(plan=estimate.plan_id) | Q(plan__isnull=True))
    of_plan = Q(plan=estimate.plan_id, agency__isnull=True)
    return list(Ceiling.objects.filter(in_force & (of_agency | of_plan)))


def estimate_warnings(estimate: Estimate, today: date) -> list[Warned]:
    """The estimate, or the whole plan, is over a ceiling. Three queries at most."""
    ceilings = ceilings_on(estimate, day_of(estimate, today))
    if not ceilings:
        return []
    own = _by_source(EstimateLine.objects.filter(estimate=estimate))
    of_plan = (
        _by_source(EstimateLine.objects.filter(estimate__budget=estimate.budget_id))
        if any(ceiling.agency_id is None for ceiling in ceilings)
        else {}
    )
    warned = []
    for ceiling in ceilings:
        sums = of_plan if ceiling.agency_id is None else own
        total = sums.get(ceiling.funding_source, 0) if ceiling.funding_source else sum(sums.values())
        if total > ceiling.amount:
            words = {
                "what": _("The estimate") if ceiling.agency_id else _("All estimates of the plan together"),
                "over": format_money(total - ceiling.amount),
                "ceiling": format_money(ceiling.amount),
            }
            text = _("%(what)s: %(over)s over the ceiling of %(ceiling)s.") % words
            warned.append(Warned(text, _basis(ceiling)))
    return warned


def _basis(ceiling: Ceiling) -> str:
    unchecked = "" if ceiling.is_checked else f" ({_('not checked')})"
    return f"{ceiling.legal_basis}{unchecked}"


def _by_source(lines: QuerySet[EstimateLine]) -> dict[str, int]:
    rows = lines.order_by().values_list("funding_source").annotate(sum=Sum("amount"))
    return {source: int(total) for source, total in rows}


def spending_warnings(committed: int, approved: int) -> list[Warned]:
    """Contracts bind more than was approved: it exists, so it is shown."""
    if committed <= approved:
        return []
    over = format_money(committed - approved)
    return [Warned(_("Contracts bind %(over)s more than was approved for this line.") % {"over": over})]
