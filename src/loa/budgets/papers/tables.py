"""The tables of an estimate, its appraisal and the plan's whole budget."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from loa.budgets.queries.papers import EstimatePaper, HeadFacts, LinePaper, words
from officialdoc.write.dates import format_number
from officialdoc.write.model import Column, TableBlock, TableCell, TableRow
from officialdoc.write.printed import roman

ESTIMATE_COLUMNS = (
    Column(1.2, "center"),
    Column(6.2),
    Column(2.2, "center"),
    Column(1.7, "right"),
    Column(1.5, "right"),
    Column(2.7, "right"),
    Column(3.1, "right"),
    Column(3.6),
    Column(2.9),
    Column(1.9, "center"),
    Column(2.6),
)
APPRAISAL_COLUMNS = (
    Column(1.2, "center"),
    Column(6.6),
    Column(3, "right"),
    Column(3, "right"),
    Column(3, "right"),
    Column(3, "right"),
    Column(3, "right"),
    Column(6),
)
CONSOLIDATED_COLUMNS = (
    Column(1.2, "center"),
    Column(7.5),
    Column(3.1, "right"),
    Column(3.1, "right"),
    Column(3.1, "right"),
    Column(3.4),
    Column(4.4),
)


def cells(*texts: str, bold: bool = False) -> TableRow:
    return tuple(TableCell(text, bold=bold) for text in texts)


def dong(amount: int | None) -> str:
    return "" if amount is None else format_number(amount)


def source_name(source: str, head: HeadFacts) -> str:
    """The fund by the name the plan's budget gives it."""
    if source == "fund" and head.fund_name:
        return head.fund_name
    return str(words()["sources"][source])


def grouped(paper: EstimatePaper) -> Iterator[tuple[int, str, list[LinePaper]]]:
    """The lines by what they are for, counted from 1."""
    for number, (group, lines) in enumerate(groupby(paper.lines, key=lambda line: line.group), start=1):
        yield number, group, list(lines)


def estimate_table(head: HeadFacts, paper: EstimatePaper) -> TableBlock:
    rows: list[TableRow] = []
    for number, group, lines in grouped(paper):
        total = sum(line.amount for line in lines)
        rows.append(
            (
                TableCell(roman(number), bold=True),
                TableCell(group, col_span=5, bold=True),
                TableCell(dong(total), bold=True),
                TableCell("", col_span=4),
            )
        )
        rows.extend(_estimate_row(index, line, head) for index, line in enumerate(lines, start=1))
    rows.append(
        (
            TableCell(""),
            TableCell(words()["total"], col_span=5, bold=True),
            TableCell(dong(paper.proposed), bold=True),
            TableCell("", col_span=4),
        )
    )
    return TableBlock(ESTIMATE_COLUMNS, (cells(*words()["estimate"]["columns"]),), tuple(rows))


def _estimate_row(index: int, line: LinePaper, head: HeadFacts) -> TableRow:
    return cells(
        str(index),
        line.content,
        line.unit,
        _decimal(line.quantity),
        _decimal(line.times),
        dong(line.unit_price),
        dong(line.amount),
        line.legal_basis,
        source_name(line.source, head),
        line.expense_item,
        line.note,
    )


def _decimal(value: object) -> str:
    """1.50 → "1,5", 2.00 → "2"."""
    whole, _dot, rest = f"{value:f}".partition(".")
    rest = rest.rstrip("0")
    printed = format_number(int(whole))
    return f"{printed},{rest}" if rest else printed


def appraisal_table(paper: EstimatePaper) -> TableBlock:
    rows: list[TableRow] = []
    for number, group, lines in grouped(paper):
        rows.append((TableCell(roman(number), bold=True), TableCell(group, col_span=7, bold=True)))
        rows.extend(_appraisal_row(index, line) for index, line in enumerate(lines, start=1))
    sides = (_side_total(paper, "content"), _side_total(paper, "money"))
    appraised = paper.appraised if paper.is_appraised else None
    difference = None if appraised is None else appraised - paper.proposed
    rows.append(
        cells(
            "",
            words()["total"],
            dong(paper.proposed),
            *(dong(side) for side in sides),
            dong(appraised),
            dong(difference),
            "",
            bold=True,
        )
    )
    return TableBlock(APPRAISAL_COLUMNS, (cells(*words()["appraisal"]["columns"]),), tuple(rows))


def _side_total(paper: EstimatePaper, side: str) -> int | None:
    """None until the side has spoken on every line."""
    said = [line.by_side.get(side) for line in paper.lines]
    return None if None in said else sum(amount or 0 for amount in said)


def _appraisal_row(index: int, line: LinePaper) -> TableRow:
    pending = words()["appraisal"]["pending"]
    return cells(
        str(index),
        line.content,
        dong(line.amount),
        *(dong(line.by_side[side]) if side in line.by_side else pending for side in ("content", "money")),
        dong(line.appraised),
        dong(line.difference),
        "\n".join(line.reasons),
    )


def consolidated_table(head: HeadFacts, papers: tuple[EstimatePaper, ...]) -> TableBlock:
    states = words()["consolidated"]["states"]
    rows: list[TableRow] = []
    for number, paper in enumerate(papers, start=1):
        appraised = dong(paper.appraised) if paper.is_appraised else ""
        rows.append(
            cells(
                roman(number), paper.owner, dong(paper.proposed), appraised, dong(paper.approved or None), "",
                states.get(paper.state, ""), bold=True,
            )
        )  # fmt: skip
        for index, line in enumerate(paper.lines, start=1):
            rows.append(
                cells(
                    str(index), line.content, dong(line.amount), dong(line.appraised), dong(line.approved),
                    source_name(line.source, head), "\n".join(line.reasons),
                )
            )  # fmt: skip
    done = [paper for paper in papers if paper.is_appraised]
    rows.append(
        cells(
            "", words()["total"], dong(sum(paper.proposed for paper in papers)),
            dong(sum(paper.appraised for paper in done)),
            dong(sum(paper.approved for paper in papers) or None), "", "", bold=True,
        )
    )  # fmt: skip
    return TableBlock(CONSOLIDATED_COLUMNS, (cells(*words()["consolidated"]["columns"]),), tuple(rows))
