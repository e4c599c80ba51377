"""Places in an agency's report that a comment can stand at, by the id they have on its page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from loa.core.text import headline
from loa.reports.models import AgencyReport
from loa.reports.queries.outline import label_of, title_of


def words_at(report: AgencyReport, anchor: str) -> str | None:
    """What stands at a place, for the head of a comment; None where there is no such place."""
    if not anchor:
        return ""
    kind, _dash, key = anchor.partition("-")
    if kind == "text":
        return next((title_of(leaf) for leaf in report.round.asked_sections if leaf["key"] == key), None)
    finders = {"line": _words_of_line, "figure": _words_of_figure}
    return finders[kind](report, int(key)) if kind in finders and key.isdecimal() else None


def _words_of_line(report: AgencyReport, key: int) -> str | None:
    line = report.lines.select_related("assignment__task", "duty_assignment__duty").filter(pk=key).first()
    if line is None:
        return None
    if line.assignment:
        words = {"no": line.assignment.task.no, "content": headline(line.assignment.task.content)}
        return _("Task %(no)s: %(content)s") % words
    return line.duty_assignment.duty.text if line.duty_assignment else ""


def _words_of_figure(report: AgencyReport, key: int) -> str | None:
    figure = report.figures.filter(pk=key).first()
    return label_of(figure.spec(report.round.template.tables)) if figure else None
