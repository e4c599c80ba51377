"""The figures of a consolidated report as a workbook, row by row, for whoever wants to count again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from loa.reports.papers.tables import completion, report_status
from loa.reports.queries.facts import DutyFacts, Facts, LineFacts
from loa.reports.queries.figure_tables import tables_of
from loa.reports.queries.figures import figures_of
from officialdoc.write.xlsx import Sheet, SheetColumn, Value

WIDTHS: dict[str, tuple[tuple[float, Any], ...]] = {
    "figures": ((18, "text"), (60, "text"), (14, "int"), (14, "int")),
    "tasks": ((7, "text"), (60, "text"), (32, "text"), (36, "text"), (60, "text"), (18, "text"), (36, "text"), (11, "int")),
    "duties": ((7, "text"), (60, "text"), (36, "text"), (18, "text"), (60, "text"), (36, "text"), (11, "int")),
    "reports": ((7, "int"), (50, "text"), (14, "text"), (14, "date"), (50, "text")),
}  # fmt: skip


def figure_sheets(facts: Facts) -> list[Sheet]:
    makers = {"figures": _figures, "tasks": _tasks, "duties": _duties, "reports": _reports}
    sheets = [_sheet(key, facts, tuple(rows(facts))) for key, rows in makers.items()]
    return [*sheets, *_figure_tables(facts)] if facts.tables else sheets


def _figure_tables(facts: Facts) -> Iterator[Sheet]:
    """The tables added up, then every agency's own figures."""
    words = facts.wording["figure_tables"]
    yield Sheet(
        words["sheet"],
        _columns(words["sheet_columns"], (30, 7, 50, 14, 18, 18, 18), "ttttnnn"),
        tuple(_summed(facts)),
    )
    yield Sheet(
        words["agency_sheet"],
        _columns(words["agency_sheet_columns"], (30, 50, 14, 44, 16, 18, 18, 50), "ttttnnnt"),
        tuple(_by_agency(facts)),
    )


def _columns(names: list[str], widths: tuple[int, ...], kinds: str) -> tuple[SheetColumn, ...]:
    known: dict[str, Any] = {"t": "text", "n": "int"}
    return tuple(
        SheetColumn(name, width, known[kind]) for name, width, kind in zip(names, widths, kinds, strict=True)
    )


def _summed(facts: Facts) -> Iterator[tuple[Value, ...]]:
    for table, rows in tables_of(facts):
        for each in rows:
            yield (
                table.title,
                str(each.number),
                each.row.label,
                each.row.unit,
                _number(each.value),
                _number(each.estimate),
                len(each.corrected),
            )


def _by_agency(facts: Facts) -> Iterator[tuple[Value, ...]]:
    """Who reported nothing and said nothing about it adds nothing to a sum and is left out."""
    for table, rows in tables_of(facts):
        for each in rows:
            for line in each.row.lines:
                if not (line.value or line.estimate or line.counted or line.reason):
                    continue
                yield (
                    table.title,
                    each.row.label,
                    each.row.unit,
                    line.name,
                    _number(line.counted),
                    _number(line.value),
                    _number(line.estimate),
                    line.reason,
                )


def _sheet(key: str, facts: Facts, rows: tuple[tuple[Value, ...], ...]) -> Sheet:
    names = facts.wording["sheet_columns"][key]
    columns = tuple(
        SheetColumn(name, width, kind) for name, (width, kind) in zip(names, WIDTHS[key], strict=True)
    )
    return Sheet(facts.wording["sheets"][key], columns, rows)


def _number(value: Decimal | None) -> Value:
    """Whole numbers as numbers; a broken one as it is printed."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else str(value).replace(".", ",")


def _figures(facts: Facts) -> Iterator[tuple[Value, ...]]:
    for figure in figures_of(facts).values():
        yield figure.key, figure.label, _number(figure.value), _number(figure.goal)


def _tasks(facts: Facts) -> Iterator[tuple[Value, ...]]:
    for task in facts.tasks:
        for line in task.lines:
            yield (
                task.no,
                task.content,
                line.name,
                task.coordinating,
                line.result,
                completion(line, facts.wording),
                line.reason,
                line.deliverable_count,
            )


def _duties(facts: Facts) -> Iterator[tuple[Value, ...]]:
    for number, duty in enumerate(facts.duties, start=1):
        for line in duty.lines:
            yield (
                str(number),
                _duty_label(duty),
                line.name,
                _duty_status(line, facts.wording),
                line.result,
                line.reason,
                line.deliverable_count,
            )


def _duty_label(duty: DutyFacts) -> str:
    return f"{duty.body}: {duty.text}"


def _duty_status(line: LineFacts, wording: dict[str, Any]) -> str:
    names = wording["completion"]
    if not line.is_reported:
        return names["unreported"]
    return {"nothing_arose": names["nothing_arose"], "none": names["not_done"]}.get(
        line.completion, names["done"]
    )


def _reports(facts: Facts) -> Iterator[tuple[Value, ...]]:
    words = facts.wording["annexes"]["reports"]
    for number, agency in enumerate(facts.agencies, start=1):
        day = agency.submitted_on if agency.has_reported else None
        yield number, agency.name, report_status(agency, words), day, agency.late_reason
