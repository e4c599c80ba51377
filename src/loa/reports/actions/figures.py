"""Figures of an agency's report: corrected by the agency, counted anew from the registers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from loa.core.workflow import FlowError
from loa.reports.models import AgencyReport, ReportFigure
from loa.reports.queries.counting import count_rows, counted_anew

FIELDS = ("value", "estimate", "reason")
LARGEST = Decimal(10) ** 13


def save_figures(report: AgencyReport, figures: Mapping[int, Mapping[str, Any]]) -> None:
    """Inside the transaction that saves the report. A figure left empty that can be counted is counted again."""
    if not figures:
        return
    changed = list(report.figures.filter(pk__in=figures.keys()))
    for figure in changed:
        for key, value in figures[figure.pk].items():
            if key in FIELDS:
                setattr(figure, key, _checked(value))
        if figure.value is None:
            figure.value = figure.counted
    ReportFigure.objects.bulk_update(changed, FIELDS)


def _checked(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if value is not None and not 0 <= value < LARGEST:
        raise FlowError(_("A figure cannot be negative or this large."))
    return value


def count_figures_anew(report: AgencyReport) -> int:
    """Inside a transaction that claimed the report. Returns how many figures changed by it."""
    counted = count_rows(report.round, [report.agency_id])
    changed = []
    for figure in report.figures.all():
        figure.report = report
        before = (figure.counted, figure.rows)
        counted_anew(figure, figure.spec(report.round.template.tables).get("formula", ""), counted)
        if (figure.counted, figure.rows) != before:
            changed.append(figure)
    ReportFigure.objects.bulk_update(changed, ["counted", "rows", "value"])
    return len(changed)
