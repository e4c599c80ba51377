"""Outlines as people list them, and the figures of one report as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from loa.directory.models import User
from loa.reports.models import AgencyReport, ReportFigure, ReportTemplate
from loa.reports.queries.outline import label_of, title_of
from loa.reports.queries.visible import templates_visible_to


def templates_listed_for(user: User) -> QuerySet[ReportTemplate]:
    return templates_visible_to(user).annotate(round_count=Count("rounds"))


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One row of a report's figure table in the reader's language."""

    figure: ReportFigure
    label: str
    unit: str


def tables_in(report: AgencyReport) -> list[tuple[str, list[ShownFigure]]]:
    """(title, figures) of the tables that the report has. One query, none without tables."""
    tables = report.round.template.tables
    known = {(row.table, row.row): row for row in report.figures.all()} if tables else {}
    found = [
        (
            title_of(table),
            [
                ShownFigure(figure, label_of(row), row["unit"])
                for row in table["rows"]
                if (figure := known.get((table["key"], row["key"])))
            ],
        )
        for table in tables
    ]
    return [(title, rows) for title, rows in found if rows]
