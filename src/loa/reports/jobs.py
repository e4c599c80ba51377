"""Slow work of reports: ids in, actions called. Safe to run twice."""

from loa.core.models import Job
from loa.reports import actions
from loa.reports.models import ReportRound


def prefill_round(round_pk: int, job_pk: int) -> None:
    """Handed over again after it was done but before its worker could say so, it has nothing to do."""
    job = Job.objects.get(pk=job_pk)
    if job.state != Job.State.DONE:
        actions.prefill_round(ReportRound.objects.get(pk=round_pk), job)


def draft_round(round_pk: int, job_pk: int) -> None:
    actions.draft_by_job(ReportRound.objects.get(pk=round_pk), Job.objects.get(pk=job_pk))
