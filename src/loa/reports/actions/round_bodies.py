"""Who owes in a round, and until when: bodies added, excused, given more time."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.text import format_date
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.reports import notices
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.actions.rounds import require_open
from loa.reports.models import AgencyReport, ReportExtension, ReportRound
from loa.reports.queries.owing import present_on
from loa.reports.states import REPORT, REPORT_EXTENSION

NOT_HANDED_IN = ("draft", "with_head", "returned")


def add_body(report_round: ReportRound, *, agency: Agency, by: User) -> AgencyReport:
    """Ask one more body, later than the others. Raises FlowError where it owes already or is no more."""
    require(by, "reports.manage_round", report_round)
    require_open(report_round)
    if present_on([agency.pk], clock.today()) != {agency.pk}:
        raise FlowError(_("This body does not exist on this day."))
    with transaction.atomic():
        report, is_new = AgencyReport.objects.get_or_create(round=report_round, agency=agency)
        if not is_new:
            raise FlowError(_("This body is already asked in this round."))
        prefill_reports([report])
        _record(report, "round.add_body", by=by)
        notices.round_opened(report_round)
    return report


def excuse_report(report: AgencyReport, *, reason: str, by: User) -> None:
    """The body owes nothing in this round any more; what it wrote is kept."""
    require_open(report.round)
    with transaction.atomic():
        entry = REPORT.take(report, "excuse", by=by, note=reason, excuse_reason=reason.strip())
        _record(report, "round.excuse_body", note=reason, by=by)
        notices.report_excused(report, entry)


def ask_again(report: AgencyReport, *, by: User) -> None:
    require_open(report.round)
    with transaction.atomic():
        entry = REPORT.take(report, "ask_again", by=by, excuse_reason="")
        _record(report, "round.ask_body_again", by=by)
        notices.report_excused(report, entry)


def extend_report(report: AgencyReport, *, due_on: date, reason: str, by: User) -> None:
    """More time for one body, also after the day has passed."""
    require(by, "reports.extend_report", report)
    _check(report, due_on, reason)
    with transaction.atomic():
        entry = _give_time(report, due_on, reason, by)
        notices.report_extended(report, entry)


def _check(report: AgencyReport, due_on: date, reason: str) -> None:
    require_open(report.round)
    if report.state not in NOT_HANDED_IN or report.first_submitted_at is not None:
        raise FlowError(_("This body owes no first report any more."))
    if not reason.strip():
        raise FlowError(_("Say why more time is needed."))
    if due_on <= report.due_on:
        raise FlowError(_("The new date must come after the present one."))


def _give_time(report: AgencyReport, due_on: date, reason: str, by: User) -> Entry:
    old = report.due_on
    data = {"from": old.isoformat(), "to": due_on.isoformat()}
    AgencyReport.objects.filter(pk=report.pk).update(extended_due_on=due_on)
    report.extended_due_on = due_on
    note = f"{format_date(old)} → {format_date(due_on)}. {reason.strip()}".strip()
    _record(report, "round.extend_body", note=note, by=by)
    return history.record(report, "report.extend", by=by, note=note, data=data)


def _record(report: AgencyReport, action: str, *, note: str = "", by: User) -> None:
    """The round's own history names the body."""
    told = f"{report.agency.name}: {note}" if note else report.agency.name
    history.record(report.round, action, by=by, note=told, data={"report": report.pk})


def ask_extension(report: AgencyReport, *, new_due_on: date, reason: str, by: User) -> ReportExtension:
    """A body asks for more time, also after the day has passed. Raises FlowError."""
    require(by, "reports.ask_extension", report)
    _check(report, new_due_on, reason)
    with transaction.atomic():
        extension = _asked(report, new_due_on, reason, by)
        data = {"new_due_on": new_due_on.isoformat()}
        note = f"{format_date(new_due_on)}. {reason.strip()}"
        entry = history.record(report, "report.ask_extension", by=by, note=note, data=data)
        notices.extension_asked(extension, entry)
    return extension


def _asked(report: AgencyReport, new_due_on: date, reason: str, by: User) -> ReportExtension:
    try:
        with transaction.atomic():
            return ReportExtension.objects.create(
                report=report,
                old_due_on=report.due_on,
                new_due_on=new_due_on,
                reason=reason.strip(),
                asked_by=by,
                asked_at=clock.now(),
            )
    except IntegrityError as error:
        raise FlowError(_("More time is already asked for and not yet decided.")) from error


def grant_extension(extension: ReportExtension, *, answer: str = "", by: User) -> None:
    """The new date counts for this body from now on."""
    report = extension.report
    require_open(report.round)
    with transaction.atomic():
        REPORT_EXTENSION.take(
            extension, "grant", by=by, note=answer, answer=answer.strip(), decided_at=clock.now()
        )
        entry = _give_time(report, max(extension.new_due_on, report.due_on), answer, by)
        notices.report_extended(report, entry)


def refuse_extension(extension: ReportExtension, *, answer: str, by: User) -> None:
    report = extension.report
    with transaction.atomic():
        REPORT_EXTENSION.take(
            extension, "refuse", by=by, note=answer, answer=answer.strip(), decided_at=clock.now()
        )
        entry = history.record(report, "report.refuse_extension", by=by, note=answer)
        notices.report_extended(report, entry)


def decide_extension(extension: ReportExtension, step: str, *, answer: str = "", by: User) -> None:
    """The action behind a step's button."""
    {"grant": grant_extension, "refuse": refuse_extension}[step](extension, answer=answer, by=by)
