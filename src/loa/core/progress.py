"""Slow work that a person started, seen in the page: begin, advance, finish or fail a `Job` row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.core.models import Job
from loa.core.queue import later
from loa.core.workflow import Flow, Step

_ACTORS = ("clock",)
_ONE_HOUR = 3600  # seconds
JOB = Flow(
    noun="job",
    states=dict(Job.State.choices),
    steps=(
        Step("begin", ("queued", "running"), "running", "core.manage_jobs", _("Begin"), actors=_ACTORS),
        Step("finish", ("running",), "done", "core.manage_jobs", _("Finish"), actors=_ACTORS),
        Step(
            "fail",
            ("queued", "running"),
            "failed",
            "core.manage_jobs",
            _("Fail"),
            actors=_ACTORS,
            needs_note=True,
        ),
        Step(
            "retry",
            ("failed",),
            "queued",
            "core.decide_on_job",
            _("Try again"),
            actors=_ACTORS,
            tone="main",
        ),
        Step(
            "give_up",
            ("queued", "failed"),
            "given_up",
            "core.decide_on_job",
            pgettext_lazy("background work", "Give up"),
            tone="danger",
        ),
    ),
)


def start(title: str, work: str, *args: Any, total: int = 0, by: Any = None) -> Job:
    """Queue slow work with a row that people watch: `work(*args, job.pk)` by dotted name, after commit.

    The row knows its work: an error is kept on it, and a person can have it tried again.
    """
    job = Job.objects.create(
        title=title[:300],
        total_count=total,
        started_by=by,
        created_at=clock.now(),
        work=work,
        args=list(args),
    )
    later("loa.core.jobs.run", job.pk)
    return job


def begin(job: Job) -> None:
    """Begin, or begin again after a killed worker."""
    JOB.take(job, "begin", by=None, actor="clock", done_count=0)


def advance(job: Job, count: int = 1) -> None:
    Job.objects.filter(pk=job.pk).update(done_count=F("done_count") + count)


def show(job: Job, done_count: int) -> None:
    """How far one long transaction is: told beside the database, which shows nothing before the end."""
    cache.set(f"job:{job.pk}", done_count, timeout=_ONE_HOUR)


def seen(job: Job) -> Job:
    """The job with what `show` told of it, to be looked at."""
    if job.state == Job.State.RUNNING:
        job.done_count = max(job.done_count, cache.get(f"job:{job.pk}", 0))
    return job


def finish(job: Job, *, result_url: str = "") -> None:
    JOB.take(job, "finish", by=None, actor="clock", result_url=result_url, ended_at=clock.now())


def fail(job: Job, error: str, *, try_again_at: datetime | None = None) -> None:
    """`try_again_at`: where the work is not to blame; in real time, whatever date a demo plays."""
    known: dict[str, Any] = {"error": error, "try_again_at": try_again_at, "ended_at": clock.now()}
    JOB.take(job, "fail", by=None, actor="clock", note=error, **known)


def retry_by_itself(job: Job) -> None:
    """The pause after an outage is over."""
    begun_anew: dict[str, Any] = {"error": "", "done_count": 0, "ended_at": None, "try_again_at": None}
    JOB.take(job, "retry", by=None, actor="clock", retry_count=job.retry_count + 1, **begun_anew)
