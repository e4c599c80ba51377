"""What a report still lacks before its head can sign it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from loa.reports.models import AgencyReport, ReportFigure, ReportLine
from loa.reports.queries.outline import label_of

_EXCUSES = {ReportLine.Completion.NONE, ReportLine.Completion.NOTHING_AROSE}


@dataclass(frozen=True, slots=True)
class Missing:
    """`anchor` is the id of the field on the report's page."""

    anchor: str
    text: str


def missing_in(report: AgencyReport, today: date, *, late_reason: str = "") -> list[Missing]:
    """Sentences for the person, in the order of the page. One query for the lines, one for the figures."""
    lines = report.lines.select_related("assignment__task", "duty_assignment__duty")
    missing = [gap for line in lines for gap in missing_in_line(line)]
    missing += figure_gaps(report)
    is_first = report.first_submitted_at is None
    if is_first and report.is_late_on(today) and not (late_reason or report.late_reason).strip():
        missing.append(Missing("late_reason", _("The report is late: say why.")))
    return missing


def figure_gaps(report: AgencyReport) -> list[Missing]:
    if not report.round.template.tables:
        return []
    figures = {(figure.table, figure.row): figure for figure in report.figures.all()}
    gaps = []
    for table, row in report.round.template.figure_rows:
        figure = figures.get((table["key"], row["key"]))
        if figure is not None and not figure.reason.strip():
            gaps += _figure_gap(figure, label_of(row), asks_zero_reason=row.get("asks_zero_reason", False))
    return gaps


def _figure_gap(figure: ReportFigure, label: str, *, asks_zero_reason: bool) -> list[Missing]:
    anchor = f"figure-{figure.pk}-reason"
    if figure.is_corrected:
        words = _("“%(what)s”: say why it differs from the register.")
    elif asks_zero_reason and not figure.value:
        words = _("“%(what)s”: say why there is none.")
    else:
        return []
    return [Missing(anchor, words % {"what": label})]


def missing_in_line(line: ReportLine) -> list[Missing]:
    excused = line.completion in _EXCUSES
    if line.assignment is not None:
        return _gaps(
            line,
            name=_("Task %(no)s") % {"no": line.assignment.task.no},
            needs_completion=True,
            excused=excused,
        )
    name = _("Standing duty “%(duty)s”") % {"duty": _shortened(line)}
    return _gaps(line, name=name, needs_completion=False, excused=excused)


def _gaps(line: ReportLine, *, name: str, needs_completion: bool, excused: bool) -> list[Missing]:
    gaps = []
    if needs_completion and not line.completion:
        gaps.append(Missing(f"line-{line.pk}-completion", _("%(what)s: say how far it is.") % {"what": name}))
    if excused and not line.reason.strip():
        gaps.append(
            Missing(f"line-{line.pk}-reason", _("%(what)s: say why nothing was done.") % {"what": name})
        )
    if not excused and not line.result.strip():
        gaps.append(Missing(f"line-{line.pk}-result", _("%(what)s: write what was done.") % {"what": name}))
    return gaps


def _shortened(line: ReportLine) -> str:
    text = line.duty_assignment.duty.text if line.duty_assignment else ""
    return text if len(text) <= 60 else text[:57].rstrip() + "…"
