"""Figure tables on paper: what was done up to the cut-off beside what is expected for the full period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from loa.core.text import format_date
from loa.reports.papers.tables import cells
from loa.reports.queries.facts import Facts
from loa.reports.queries.figure_tables import TableRow, tables_of
from loa.reports.queries.wording import in_digits
from officialdoc.write.model import Annex, Column, TableBlock, TableCell
from officialdoc.write.model import TableRow as PaperRow

COLUMNS = (
    Column(1.2, "center"),
    Column(6.4),
    Column(2.4, "center"),
    Column(3.2, "right"),
    Column(2.9, "right"),
    Column(3.8),
)
Line = tuple[str, str, Decimal | None, Decimal | None, str]  # label, unit, value, estimate, note


def figure_annex(facts: Facts) -> Iterator[Annex]:
    """None where the outline asks no figures."""
    if not facts.tables:
        return
    words = facts.wording["figure_tables"]
    parts = [
        (
            table.title,
            [(row.row.label, row.row.unit, row.value, row.estimate, _note(row, words)) for row in rows],
        )
        for table, rows in tables_of(facts)
    ]
    yield annex_of(parts, facts.round.data_to, words)


def _note(row: TableRow, words: dict[str, Any]) -> str:
    count = len(row.corrected)
    return words["corrected"].format(count=in_digits(count)) if count else ""


def annex_of(parts: Sequence[tuple[str, Sequence[Line]]], data_to: date, words: dict[str, Any]) -> Annex:
    columns = [name.format(data_to=format_date(data_to)) for name in words["columns"]]
    rows: list[PaperRow] = []
    for title, lines in parts:
        rows.append((TableCell(title, col_span=len(COLUMNS), bold=True),))
        rows.extend(
            cells(str(number), label, unit, printed(value), printed(estimate), note)
            for number, (label, unit, value, estimate, note) in enumerate(lines, start=1)
        )
    return Annex(words["title"], (TableBlock(COLUMNS, (cells(*columns, bold=True),), tuple(rows)),))


def printed(value: Decimal | None) -> str:
    """A dash where nobody said anything: not the same as zero."""
    return "-" if value is None else in_digits(value)
