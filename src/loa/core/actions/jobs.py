from __future__ import annotations

from typing import Any

from django.db import transaction
from django_q.models import Failure

from loa.core import clock, progress, queue
from loa.core.access import require
from loa.core.models import Job


@transaction.atomic
def retry_job(job: Job, *, by: Any) -> None:
    """Queue a failed job once more."""
    begun_anew: dict[str, Any] = {
        "error": "",
        "done_count": 0,
        "ended_at": None,
        "try_again_at": None,
        "retry_count": 0,
    }
    progress.JOB.take(job, "retry", by=by, **begun_anew)
    queue.later("loa.core.jobs.run", job.pk)


def give_up_job(job: Job, *, note: str = "", by: Any) -> None:
    """Nobody tries it any more; a worker that still finds it in the queue leaves it."""
    progress.JOB.take(job, "give_up", by=by, note=note, ended_at=clock.now(), try_again_at=None)


def take_job_step(job: Job, step: str, *, note: str = "", by: Any) -> None:
    """The action behind a step's button."""
    if step == "retry":
        retry_job(job, by=by)
    else:
        give_up_job(job, note=note, by=by)


def retry_failed_work(failure: Failure, *, by: Any) -> bool:
    """Try work without a row of its own again; False where somebody else already does."""
    require(by, "core.manage_jobs")
    return queue.again(failure)


def forget_failed_work(failure: Failure, *, by: Any) -> bool:
    """Give it up; False where somebody else already has."""
    require(by, "core.manage_jobs")
    return queue.forget(failure)
