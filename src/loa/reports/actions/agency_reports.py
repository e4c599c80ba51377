"""One agency's report: written, signed, submitted, accepted or sent back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.reports import notices
from loa.reports.actions.figures import count_figures_anew, save_figures
from loa.reports.actions.prefilling import Sources, fill_assignment_line, fill_duty_line
from loa.reports.models import AgencyReport, ReportLine, ReportText
from loa.reports.queries.completeness import Missing, missing_in
from loa.reports.states import REPORT, WRITABLE_REPORT_STATES

LINE_FIELDS = ("result", "completion", "reason")


class IncompleteReportError(FlowError):
    """Something is missing; `missing` says what and where."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(
            _("The report is not complete: %(count)s things are missing.") % {"count": len(missing)}
        )


def save_report(
    report: AgencyReport,
    *,
    version: int,
    texts: Mapping[str, str],
    lines: Mapping[int, Mapping[str, str]],
    figures: Mapping[int, Mapping[str, Any]] | None = None,
    late_reason: str | None = None,
    by: User,
) -> int:
    """Save what was typed; what is not named stays. Returns the new version.

    `lines` maps a line's pk to its result, completion and reason; `figures` a figure's pk to its value,
    estimate (numbers or None) and reason. Raises StaleError when somebody
    saved since `version` was read: nothing of this call is kept then.
    """
    require(by, "reports.write_report", report)
    refuse_where_closed(report)
    changes: dict[str, Any] = {} if late_reason is None else {"late_reason": late_reason.strip()}
    with transaction.atomic():
        claim(report, version, changes)
        _save_texts(report, texts)
        _save_lines(report, lines)
        save_figures(report, figures or {})
        note_edit(report, by)
    return report.version


def claim(report: AgencyReport, version: int, changes: dict[str, Any]) -> None:
    """Compare and set the version: of two writers the second is told."""
    rows = AgencyReport.objects.filter(pk=report.pk, version=version, state__in=WRITABLE_REPORT_STATES)
    if rows.update(version=F("version") + 1, **changes) != 1:
        raise StaleError(_("Somebody else has just changed this report. What you typed is still here."))
    report.version = version + 1
    for key, value in changes.items():
        setattr(report, key, value)


def _save_texts(report: AgencyReport, texts: Mapping[str, str]) -> None:
    asked = {section["key"] for section in report.round.asked_sections}
    ReportText.objects.bulk_create(
        [
            ReportText(report=report, section=key, text=text.strip())
            for key, text in texts.items()
            if key in asked
        ],
        update_conflicts=True,
        unique_fields=["report", "section"],
        update_fields=["text"],
    )


def _save_lines(report: AgencyReport, lines: Mapping[int, Mapping[str, str]]) -> None:
    changed = []
    for line in report.lines.filter(pk__in=lines.keys()):
        typed = {key: value.strip() for key, value in lines[line.pk].items() if key in LINE_FIELDS}
        if typed.get("completion", "") not in {"", *ReportLine.Completion.values}:
            raise FlowError(_("Choose one of the listed answers."))
        for key, value in typed.items():
            setattr(line, key, value)
        changed.append(line)
    if changed:
        ReportLine.objects.bulk_update(changed, LINE_FIELDS)


def note_edit(report: AgencyReport, by: User) -> None:
    """One row of history for a person's run of saves, not one per save."""
    last = history.entries_of([report]).first()
    if last is None or last.action != "report.edit" or last.by_id != by.pk:
        history.record(report, "report.edit", by=by)


def refresh_line(line: ReportLine, *, version: int, by: User) -> ReportLine:
    """Draft one line anew from the notes and deliverables of the window; what stood there is replaced."""
    report = line.report
    require(by, "reports.write_report", report)
    refuse_where_closed(report)
    with transaction.atomic():
        claim(report, version, {})
        sources = Sources.read(report.round, [report.agency_id])
        if line.assignment is not None:
            fill_assignment_line(line, line.assignment, sources)
        else:
            fill_duty_line(line, sources)
        line.reason = ""
        line.save()
        note_edit(report, by)
    return line


def recount_figures(report: AgencyReport, *, version: int, by: User) -> int:
    """Count the registers again; corrected figures stay. Returns how many rows were counted differently."""
    require(by, "reports.write_report", report)
    refuse_where_closed(report)
    with transaction.atomic():
        claim(report, version, {})
        changed = count_figures_anew(report)
        note_edit(report, by)
    return changed


def refuse_where_closed(report: AgencyReport) -> None:
    if report.round.state == "closed" and report.first_submitted_at is None:
        raise FlowError(_("The round is closed: no first report is taken any more."))


def _take(report: AgencyReport, step: str, *, by: User, note: str = "", **changes: Any) -> None:
    with transaction.atomic():
        entry = REPORT.take(report, step, by=by, note=note, **changes)
        notices.report_moved(report, entry)


def hand_to_head(report: AgencyReport, *, by: User) -> None:
    refuse_where_closed(report)
    _take(report, "hand_to_head", by=by)


def return_to_writer(report: AgencyReport, *, reason: str, by: User) -> None:
    _take(report, "return_to_writer", by=by, note=reason)


def submit_report(report: AgencyReport, *, late_reason: str = "", by: User) -> None:
    """Sign and send. Raises IncompleteReportError with what is missing; lateness is kept for ever."""
    require(by, "reports.submit_report", report)
    refuse_where_closed(report)
    today, now = clock.today(), clock.now()
    missing = missing_in(report, today, late_reason=late_reason)
    if missing and report.state == "with_head":
        raise IncompleteReportError(missing)
    changes: dict[str, Any] = {"submitted_at": now}
    if report.first_submitted_at is None:
        is_late = report.is_late_on(today)
        changes |= {"first_submitted_at": now, "is_late": is_late}
        changes["late_reason"] = (late_reason.strip() or report.late_reason) if is_late else ""
    _take(report, "submit", by=by, **changes)


def accept_report(report: AgencyReport, *, by: User) -> None:
    _take(report, "accept", by=by, accepted_at=clock.now())


def return_to_agency(report: AgencyReport, *, reason: str, by: User) -> None:
    _take(report, "return_to_agency", by=by, note=reason)


def reopen_report(report: AgencyReport, *, reason: str, by: User) -> None:
    """For a correction after acceptance. An issued consolidation keeps what it had: see differences."""
    _take(report, "reopen", by=by, note=reason, accepted_at=None)
