"""Figure tables of a consolidated report: agencies' figures added up, each with the agencies behind it.

Pure but for `table_facts`, which gathers. The number on the page, on paper and the agencies behind it agree,
because the number is made from them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from loa.reports.models import AgencyReport, ReportFigure, ReportRound
from loa.reports.queries.facts import Facts, FigureLineFacts, FigureRowFacts, FigureTableFacts
from loa.reports.queries.formulas import CENT, how_of

REPORTED_STATES = ("submitted", "accepted")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table, added up."""

    table: FigureTableFacts
    row: FigureRowFacts
    number: int

    @property
    def reported(self) -> list[FigureLineFacts]:
        return [line for line in self.row.lines if line.value is not None or line.estimate is not None]

    @property
    def value(self) -> Decimal | None:
        return added_up(self.row.how, self.row.lines, lambda line: line.value)

    @property
    def estimate(self) -> Decimal | None:
        return added_up(self.row.how, self.row.lines, lambda line: line.estimate)

    @property
    def corrected(self) -> list[FigureLineFacts]:
        return [line for line in self.row.lines if line.is_corrected]


def added_up(
    how: str, lines: Iterable[FigureLineFacts], part: Callable[[FigureLineFacts], Decimal | None]
) -> Decimal | None:
    """None where nobody said anything. Shares are weighed by how many rows stand behind each of them."""
    known = [(line, number) for line in lines if (number := part(line)) is not None]
    if not known:
        return None
    if how == "sum":
        return sum((number for _, number in known), start=Decimal())
    weights = sum(max(line.weight, 1) for line, _ in known)
    total = sum((number * max(line.weight, 1) for line, number in known), start=Decimal())
    return (total / weights).quantize(CENT, ROUND_HALF_UP)


def tables_of(facts: Facts) -> list[tuple[FigureTableFacts, list[TableRow]]]:
    return [
        (table, [TableRow(table, row, number) for number, row in enumerate(table.rows, start=1)])
        for table in facts.tables
    ]


def table_row(facts: Facts, table: str, row: str) -> TableRow | None:
    for _, rows in tables_of(facts):
        for each in rows:
            if (each.table.key, each.row.key) == (table, row):
                return each
    return None


def table_facts(
    report_round: ReportRound, reports: Iterable[AgencyReport], names: Mapping[int, str]
) -> Iterator[FigureTableFacts]:
    """What the reports that count say, in the order of the agencies. One query, none without tables."""
    template = report_round.template
    if not template.tables:
        return
    counting = [report for report in reports if report.pk and report.state in REPORTED_STATES]
    figures = _figures(report_round)
    for table in template.tables:
        rows = tuple(
            FigureRowFacts(
                key=row["key"],
                label=row["label_vi"],
                label_en=row.get("label_en", ""),
                unit=row["unit"],
                how=how_of(row.get("formula", "")),
                lines=tuple(
                    _line(report, names[report.agency_id], figure)
                    for report in counting
                    if (figure := figures.get((report.pk, table["key"], row["key"])))
                ),
            )
            for row in table["rows"]
        )
        yield FigureTableFacts(table["key"], table["title_vi"], table.get("title_en", ""), rows)


def _figures(report_round: ReportRound) -> dict[tuple[int, str, str], ReportFigure]:
    if report_round.pk is None:
        return {}
    rows = ReportFigure.objects.filter(report__round=report_round, report__state__in=REPORTED_STATES)
    return {(row.report_id, row.table, row.row): row for row in rows}


def _line(report: AgencyReport, name: str, figure: ReportFigure) -> FigureLineFacts:
    return FigureLineFacts(
        agency=report.agency_id,
        report=report.pk,
        figure=figure.pk,
        name=name,
        counted=figure.counted,
        value=figure.value,
        estimate=figure.estimate,
        weight=len(figure.rows),
        reason=figure.reason,
    )


def lines_by_agency(tables: Iterable[FigureTableFacts]) -> dict[int, list[tuple[str, FigureLineFacts]]]:
    """Every agency's figures with their labels, for comparing."""
    found: defaultdict[int, list[tuple[str, FigureLineFacts]]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            for line in row.lines:
                found[line.agency].append((row.label, line))
    return dict(found)
