"""The figures of agencies' reports, counted by the formulas of their outline. Bulk, and never written here."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from loa.reports.models import AgencyReport, ReportFigure, ReportRound
from loa.reports.queries.formulas import CountedRow, formulas, how_of, total_of
from loa.reports.queries.registers import Registers

Counted = dict[tuple[int, str, str], list[CountedRow]]  # agency, table, row of the outline


def count_rows(report_round: ReportRound, agency_ids: list[int]) -> Counted:
    """The rows behind each figure that has a formula, by agency. The same queries for 1 and for 100."""
    asked = [(table, row) for table, row in report_round.template.figure_rows if row.get("formula")]
    if not asked:
        return {}
    registers, known = Registers.read(report_round, agency_ids), formulas()
    found: Counted = {}
    for table, row in asked:
        formula = known.get(row["formula"])
        counted = formula.count(registers, row.get("arguments", {})) if formula else {}
        for agency in agency_ids:
            found[agency, table["key"], row["key"]] = counted.get(agency, [])
    return found


def fresh_figures(report: AgencyReport, counted: Counted) -> Iterator[ReportFigure]:
    """The report's figures as they are when nobody has touched them yet."""
    for position, (table, row) in enumerate(report.round.template.figure_rows, start=1):
        figure = ReportFigure(report=report, table=table["key"], row=row["key"], position=position)
        yield counted_anew(figure, row.get("formula", ""), counted)


def counted_anew(figure: ReportFigure, formula: str, counted: Counted) -> ReportFigure:
    """What the register says now; what a person has corrected stays as the agency's word."""
    if not formula:
        return figure
    rows = counted[figure.report.agency_id, figure.table, figure.row]
    is_corrected = figure.pk is not None and figure.is_corrected
    figure.counted = total_of(rows, how_of(formula))
    figure.rows = [row.to_json() for row in rows]
    if not is_corrected:
        figure.value = figure.counted
    return figure


def sum_of_rows(figure: ReportFigure, formula: str) -> Decimal | None:
    """What the kept rows of a figure add up to: equal to `counted`, always."""
    rows = [
        CountedRow(row["label"], row["kind"], row["pk"], quantity=Decimal(row["quantity"]))
        for row in figure.rows
    ]
    return total_of(rows, how_of(formula))
