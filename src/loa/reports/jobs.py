"""Slow work of reports: ids in, actions called. Safe to run twice."""

from loa.core.models import Job
from loa.reports import actions
from loa.reports.models import ReportRound


def prefill_round(round_pk: int, job_pk: int) -> None:
    actions.prefill_round(ReportRound.objects.get(pk=round_pk), Job.objects.get(pk=job_pk))


def draft_round(round_pk: int, job_pk: int) -> None:
    actions.draft_by_job(ReportRound.objects.get(pk=round_pk), Job.objects.get(pk=job_pk))
