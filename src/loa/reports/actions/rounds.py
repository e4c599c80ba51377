from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, progress
from loa.core.access import require
from loa.core.counted_days import Moving
from loa.core.models import Job
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.plans.models import Plan
from loa.reports import notices
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.models import AgencyReport, ReportRound, ReportTemplate
from loa.reports.queries.owing import owing_agency_ids
from loa.reports.states import ROUND

BATCH_SIZE = 100  # reports prefilled at once; a larger round is prefilled by a job


def open_round(
    plan: Plan,
    *,
    kind: str,
    period: str,
    title: str,
    data_from: date,
    data_to: date,
    due_on: date,
    is_due_before: bool,
    template: ReportTemplate,
    by: User,
) -> ReportRound:
    """Ask every owing body of an issued plan for its report, prefilled from the data window.

    Raises PermissionDenied, or FlowError where the plan is not issued, the period is already open
    or the dates contradict each other.
    """
    require(by, "reports.open_round", plan)
    _check_dates(data_from, data_to, due_on)
    if plan.state != "issued":
        raise FlowError(_("Reports are asked for an issued plan only."))
    with transaction.atomic():
        report_round, is_new = ReportRound.objects.get_or_create(
            plan=plan,
            kind=kind,
            period=period,
            defaults={
                "title": title,
                "data_from": data_from,
                "data_to": data_to,
                "due_on": due_on,
                "is_due_before": is_due_before,
                "template": template,
                "opened_by": by,
                "opened_at": clock.now(),
            },
        )
        if not is_new:
            raise FlowError(
                _("A round for this period is already there: %(round)s.") % {"round": report_round}
            )
        agencies = sorted(owing_agency_ids(plan))
        AgencyReport.objects.bulk_create(AgencyReport(round=report_round, agency_id=pk) for pk in agencies)
        history.record(report_round, "round.open", by=by, data={"agencies": len(agencies)})
        _prefill(report_round, by)
        notices.round_opened(report_round)
    return report_round


def _check_dates(data_from: date, data_to: date, due_on: date) -> None:
    if data_to < data_from:
        raise FlowError(_("The data window ends before it begins."))
    if due_on < data_to:
        raise FlowError(_("Reports cannot be due before the data are complete."))


def _prefill(report_round: ReportRound, by: User) -> None:
    reports = list(report_round.reports.all())
    if len(reports) <= BATCH_SIZE:
        prefill_reports(reports)
        return
    title = _("Prefill the reports: %(round)s") % {"round": report_round.title}
    progress.start(title, "loa.reports.jobs.prefill_round", report_round.pk, total=len(reports), by=by)


def prefill_round(report_round: ReportRound, job: Job) -> None:
    """Batch by batch, each in a transaction of its own: killed and begun again, it goes on where it was."""
    progress.begin(job)
    keys = list(report_round.reports.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH_SIZE):
        batch = keys[start : start + BATCH_SIZE]
        prefill_reports(AgencyReport.objects.filter(pk__in=batch))
        progress.advance(job, len(batch))
    progress.finish(job, result_url=report_round.get_absolute_url())


def close_round(report_round: ReportRound, *, by: User) -> None:
    """No first report is taken any more; corrections of submitted ones still are."""
    ROUND.take(report_round, "close", by=by)


def reopen_round(report_round: ReportRound, *, reason: str, by: User) -> None:
    ROUND.take(report_round, "reopen", by=by, note=reason)


@transaction.atomic
def move_round_due(report_round: ReportRound, *, due_on: date, reason: str, by: User) -> Moving:
    """A changed calendar moves the day reports are due; who still owes one is told."""
    rows = ReportRound.objects.filter(pk=report_round.pk, state="open", due_on=report_round.due_on)
    if rows.update(due_on=due_on) != 1:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    data = {"from": str(report_round.due_on), "to": str(due_on)}
    entry = history.record(report_round, "round.move_due", by=by, note=reason, data=data)
    report_round.due_on = due_on
    return Moving(
        label=report_round.title,
        whose=str(report_round.plan.coordinator),
        url=report_round.get_absolute_url(),
        told=notices.round_moved(report_round, entry),
    )
