"""Rounds of reports: opened by a person or by the calendar, moved, closed, opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from loa.core import clock, history, progress
from loa.core.access import require
from loa.core.counted_days import Moving, forget_count, remember_count
from loa.core.models import Job
from loa.core.text import format_date
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import Agency, AgencyGroup, User
from loa.plans.models import Plan
from loa.reports import notices
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.models import AgencyReport, ReportRound, ReportTemplate
from loa.reports.queries.owing import owing_agency_ids
from loa.reports.queries.proposing import template_for
from loa.reports.queries.standing_rules import Opening, owing_of
from loa.reports.states import NOT_OWED_STATES, ROUND

BATCH_SIZE = 100  # reports prefilled at once; a larger round is prefilled by a job
NAMED_UP_TO = 30  # bodies named in the note of a round that closes by itself


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
    groups: Iterable[AgencyGroup] = (),
    agencies: Iterable[Agency] = (),
    questions: Iterable[str] = (),
    closes_on: date | None = None,
    by: User,
) -> ReportRound:
    """Ask every owing body of an issued plan for its report, prefilled from the data window.

    Where groups or agencies are named, only they owe. `questions` are asked beside the outline. Raises
    PermissionDenied, or FlowError where the plan is not issued, the period is already open or the dates
    contradict each other.
    """
    require(by, "reports.open_round", plan)
    _check_dates(data_from, data_to, due_on, closes_on)
    if plan.state != "issued":
        raise FlowError(_("Reports are asked for an issued plan only."))
    fields = {
        "title": title,
        "data_from": data_from,
        "data_to": data_to,
        "due_on": due_on,
        "is_due_before": is_due_before,
        "template": template,
        "questions": [_question(number, text) for number, text in enumerate(questions, start=1)],
        "closes_on": closes_on,
        "opened_by": by,
    }
    owing = owing_agency_ids(plan, clock.today(), groups=groups, agencies=agencies)
    with transaction.atomic():
        report_round, is_new = _begin(plan, kind, period, fields, owing)
        if not is_new:
            raise FlowError(
                _("A round for this period is already there: %(round)s.") % {"round": report_round}
            )
        history.record(report_round, "round.open", by=by, data={"agencies": len(owing)})
        _ask(report_round, by)
    return report_round


def _check_dates(data_from: date, data_to: date, due_on: date, closes_on: date | None) -> None:
    if data_to < data_from:
        raise FlowError(_("The data window ends before it begins."))
    if due_on < data_to:
        raise FlowError(_("Reports cannot be due before the data are complete."))
    if closes_on and closes_on < due_on:
        raise FlowError(_("The round cannot close before the reports are due."))


def _question(number: int, text: str) -> dict[str, Any]:
    return {
        "key": f"question-{number}",
        "title_vi": text,
        "title_en": text,
        "feeds": "texts",
        "asked": True,
        "optional": True,
    }


def _begin(
    plan: Plan, kind: str, period: str, fields: dict[str, Any], owing: set[int]
) -> tuple[ReportRound, bool]:
    """The round with a report of each body, or the one that is there already."""
    if not owing:
        raise FlowError(_("Nobody owes a report: choose bodies that exist on this day."))
    report_round, is_new = ReportRound.objects.get_or_create(
        plan=plan, kind=kind, period=period, defaults={**fields, "opened_at": clock.now()}
    )
    if is_new:
        AgencyReport.objects.bulk_create(
            AgencyReport(round=report_round, agency_id=pk) for pk in sorted(owing)
        )
    return report_round, is_new


def _ask(report_round: ReportRound, by: User | None) -> None:
    _prefill(report_round, by)
    notices.round_opened(report_round)


def open_by_rule(opening: Opening) -> ReportRound | None:
    """The calendar opens what a standing rule asks for. None where it is there already, or nobody owes.

    The bodies are those of today, the day of the round; how its due day was counted is kept.
    """
    rule, plan, period = opening.rule, opening.plan, opening.period
    template = template_for(period.kind, period.data_to, rule.template_code)
    owing = owing_of(rule, plan, clock.today())
    if template is None or not owing:
        return None
    fields = {
        "rule": rule,
        "title": period.title,
        "data_from": period.data_from,
        "data_to": period.data_to,
        "due_on": period.due_on,
        "is_due_before": period.is_due_before,
        "closes_on": period.closes_on,
        "template": template,
        "receiver": rule.receiver,
    }
    with transaction.atomic():
        report_round, is_new = _begin(plan, period.kind, period.period, fields, owing)
        if not is_new:
            return None
        data = {"agencies": len(owing), "rule": rule.pk, "opens_on": period.opens_on.isoformat()}
        history.record(report_round, "round.open", by=None, actor="clock", note=period.legal_basis, data=data)
        remember_count(
            report_round,
            due_on=period.due_on,
            start_on=period.counted_from,
            shift=period.shift,
            legal_basis=period.legal_basis,
        )
        _ask(report_round, None)
    return report_round


def _prefill(report_round: ReportRound, by: User | None) -> None:
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


def extend_round(report_round: ReportRound, *, due_on: date, reason: str, by: User) -> None:
    """More time for every body, also after the day has passed. Who was late before that stays late."""
    require(by, "reports.manage_round", report_round)
    require_open(report_round)
    if not reason.strip():
        raise FlowError(_("Say why more time is given."))
    if due_on <= report_round.due_on:
        raise FlowError(_("The new date must come after the present one."))
    with transaction.atomic():
        old = _set_due(report_round, due_on, is_due_before=False)
        data = {"from": old.isoformat(), "to": due_on.isoformat()}
        entry = history.record(
            report_round, "round.extend", by=by, note=_moved(old, due_on, reason), data=data
        )
        forget_count(report_round)
        notices.due_moved(report_round, entry, reason)


@transaction.atomic
def move_round_due(report_round: ReportRound, *, due_on: date, reason: str, by: User) -> Moving:
    """A changed calendar moves the day reports are due; who still owes one is told."""
    old = _set_due(report_round, due_on, is_due_before=report_round.is_due_before)
    data = {"from": old.isoformat(), "to": due_on.isoformat()}
    note = _moved(old, due_on, reason)
    entry = history.record(report_round, "round.move_due", by=by, note=note, data=data)
    return Moving(
        label=report_round.title,
        whose=str(report_round.plan.coordinator),
        url=report_round.get_absolute_url(),
        told=notices.due_moved(report_round, entry, reason),
    )


def _moved(old: date, new: date, reason: str) -> str:
    return f"{format_date(old)} → {format_date(new)}. {reason.strip()}"


def _set_due(report_round: ReportRound, due_on: date, *, is_due_before: bool) -> date:
    """Compare and set; the day on which it closes moves along. Returns the old due day."""
    old = report_round.due_on
    closes_on = report_round.closes_on + (due_on - old) if report_round.closes_on else None
    changes = {"due_on": due_on, "is_due_before": is_due_before, "closes_on": closes_on}
    if ReportRound.objects.filter(pk=report_round.pk, due_on=old).update(**changes) != 1:
        raise StaleError(_("Somebody else has just changed this. Reload the page to see it."))
    for key, value in changes.items():
        setattr(report_round, key, value)
    return old


def require_open(report_round: ReportRound) -> None:
    if report_round.state != "open":
        raise FlowError(_("The round is closed."))


def close_round(report_round: ReportRound, *, by: User | None, actor: str = "") -> None:
    """No first report is taken any more; corrections of submitted ones still are. Says who has not reported."""
    ROUND.take(report_round, "close", by=by, actor=actor, note=_not_reported(report_round))


def _not_reported(report_round: ReportRound) -> str:
    missing = report_round.reports.filter(first_submitted_at__isnull=True).exclude(state__in=NOT_OWED_STATES)
    names = list(missing.order_by("agency__sort_name").values_list("agency__name", flat=True))
    if not names:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        told = _("Not reported (%(count)s): %(names)s")
        listed = "; ".join(names[:NAMED_UP_TO]) + ("…" if len(names) > NAMED_UP_TO else "")
        return told % {"count": len(names), "names": listed}


def reopen_round(report_round: ReportRound, *, reason: str, by: User) -> None:
    """Open until a person closes it: the calendar leaves it alone from now on."""
    ROUND.take(report_round, "reopen", by=by, note=reason, closes_itself=False, closes_on=None)
