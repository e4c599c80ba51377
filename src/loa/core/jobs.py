"""Slow work of core: ids in, actions called. Safe to run twice."""

from __future__ import annotations

import logging
import traceback

from django.utils.module_loading import import_string

from loa.core import recounting, retries
from loa.core.models import CalendarChange, Job

logger = logging.getLogger(__name__)


def run(job_pk: int) -> None:
    """The work behind a `Job` row. What it raises is kept on the row, where a person sees it and tries again.

    Where the database or the network was away it is tried again by itself.
    """
    job = Job.objects.get(pk=job_pk)
    if job.state not in ("queued", "running"):  # given up meanwhile, or done by another worker
        return
    try:
        import_string(job.work)(*job.args, job.pk)
    except Exception as error:
        logger.exception("Job %s failed", job.pk)
        retries.keep_error(job, f"{type(error).__name__}: {error}", told=traceback.format_exc())


def recount(change_pk: int, job_pk: int) -> None:
    recounting.recount_in_batches(
        CalendarChange.objects.select_related("by").get(pk=change_pk), Job.objects.get(pk=job_pk)
    )
