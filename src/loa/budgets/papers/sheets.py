"""Estimates as workbooks: lines that can be handed in again, totals, appraisals, the plan by agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from loa.budgets.exchange import COLUMNS
from loa.budgets.models import EstimateLine, FundingSource, PlanBudget
from loa.budgets.papers.tables import source_name
from loa.budgets.queries.money import Money
from loa.budgets.queries.papers import EstimatePaper, HeadFacts, words
from officialdoc.write.money import money_in_words
from officialdoc.write.xlsx import Kind, Sheet, SheetColumn, Value

WIDTHS: dict[str, tuple[float, Kind]] = {
    "key": (12, "text"),
    "no": (7, "int"),
    "task": (10, "text"),
    "content": (60, "text"),
    "unit": (14, "text"),
    "quantity": (11, "text"),
    "times": (9, "text"),
    "unit_price": (18, "money"),
    "amount": (20, "money"),
    "norm": (16, "text"),
    "legal_basis": (36, "text"),
    "funding_source": (28, "text"),
    "expense_item": (12, "text"),
    "note": (36, "text"),
}


def estimate_sheets(head: HeadFacts, paper: EstimatePaper, lines: Iterable[EstimateLine]) -> list[Sheet]:
    columns = tuple(SheetColumn(str(label), *WIDTHS[key]) for key, label in COLUMNS.items())
    rows = tuple(_line_row(index, line) for index, line in enumerate(lines, start=1))
    names = words()["sheets"]
    total_columns = (
        SheetColumn(names["total_columns"][0], 50),
        SheetColumn(names["total_columns"][1], 22, "money"),
        SheetColumn(names["total_columns"][2], 90),
    )
    return [
        Sheet(names["lines"], columns, rows),
        Sheet(names["totals"], total_columns, tuple(_totals(head, paper))),
    ]


def _line_row(index: int, line: EstimateLine) -> tuple[Value, ...]:
    return (
        str(line.pk),
        index,
        line.task.no if line.task else "",
        line.content,
        line.unit,
        number(line.quantity),
        number(line.times),
        line.unit_price,
        line.amount,
        line.norm.code if line.norm else "",
        line.legal_basis,
        str(FundingSource(line.funding_source).label),
        line.expense_item,
        line.note,
    )


def number(value: Decimal) -> Value:
    """Whole numbers as numbers, broken ones as they are printed."""
    return int(value) if value == value.to_integral_value() else f"{value:f}".rstrip("0").replace(".", ",")


def _totals(head: HeadFacts, paper: EstimatePaper) -> Iterator[tuple[Value, ...]]:
    for source, total in paper.by_source().items():
        yield source_name(source, head), total, money_in_words(total)
    yield words()["total"], paper.proposed, money_in_words(paper.proposed)


def appraisal_sheets(paper: EstimatePaper) -> list[Sheet]:
    names = words()["sheets"]
    kinds: tuple[Kind, ...] = ("int", "text", "money", "money", "money", "money", "money", "text")
    widths = (7, 60, 18, 18, 18, 18, 18, 60)
    columns = tuple(map(SheetColumn, names["appraisal_columns"], widths, kinds))
    rows = tuple(
        (
            index,
            line.content,
            line.amount,
            line.by_side.get("content"),
            line.by_side.get("money"),
            line.appraised,
            line.difference,
            "\n".join(line.reasons),
        )
        for index, line in enumerate(paper.lines, start=1)
    )
    return [Sheet(names["appraisal"], columns, rows)]


def budget_sheets(budget: PlanBudget, money: dict[int, Money], names_of: dict[int, str]) -> list[Sheet]:
    """One row an agency: `money` and `names_of` by its id."""
    names = words()["sheets"]
    kinds: tuple[Kind, ...] = ("int", "text", "money", "money", "money", "money", "money", "money")
    columns = tuple(map(SheetColumn, names["agency_columns"], (7, 50, 20, 20, 20, 20, 20, 20), kinds))
    rows = tuple(
        (
            index,
            names_of[agency],
            sums.proposed,
            sums.appraised,
            sums.approved,
            sums.committed,
            sums.spent,
            sums.left,
        )
        for index, (agency, sums) in enumerate(money.items(), start=1)
    )
    return [Sheet(f"{names['agencies']} {budget.year}", columns, rows)]
