from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django_q.models import Failure, OrmQ
from django_q.status import Stat

from loa.core import clocks, retries
from loa.core.access import permits
from loa.core.models import ClockRun, Job
from loa.core.outages import last_error
from loa.core.progress import JOB
from loa.core.queue import work_in_words
from loa.core.workflow import Step

MOST_SHOWN = 50  # rows of the queue and of failed work on one page


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """Who started slow work sees how it goes; an administrator sees all of it."""
    rows = Job.objects.select_related("started_by")
    return rows if manages_jobs(user) else rows.filter(started_by=user)


def manages_jobs(user: Any) -> bool:
    """Asked about an object, so that a refusal does not send the account library to its own tables."""
    return permits(user, "core.manage_jobs", user)


def failed_work() -> QuerySet[Failure]:
    """Queued work without a row of its own that ended in an error."""
    return Failure.objects.order_by("-stopped")


@dataclass(frozen=True, slots=True)
class FailedWork:
    """Failed work without a row, as the page tells it."""

    pk: str
    func: str
    stopped: datetime
    error: str
    try_again_at: datetime | None  # by itself; None where it waits for a person


def failed_rows() -> list[FailedWork]:
    """The newest of it. One query."""
    return [
        FailedWork(
            row.pk, row.func, row.stopped, last_error(str(row.result or "")), retries.try_again_at(row)
        )
        for row in failed_work()[:MOST_SHOWN]
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One piece of work in the queue, in words."""

    what: str
    is_taken: bool  # a worker has it


@dataclass(frozen=True, slots=True)
class Machinery:
    """How the background work stands: what waits, who works, when the clocks last ran."""

    waiting_count: int
    taken_count: int
    worker_count: int
    hosts: list[str]
    clocks: list[ClockRun]
    clocks_ran_at: datetime | None
    are_clocks_late: bool
    queue: list[Waiting]


def machinery() -> Machinery:
    """The same number of queries, however much waits."""
    now = clocks.real_now()
    runs = clocks.clock_runs()
    stats = Stat.get_all()
    taken = OrmQ.objects.filter(lock__gt=now).count()
    rows = OrmQ.objects.order_by("pk")[:MOST_SHOWN]
    return Machinery(
        waiting_count=OrmQ.objects.count() - taken,
        taken_count=taken,
        worker_count=sum(len(stat.workers) for stat in stats),
        hosts=sorted({stat.host for stat in stats}),
        clocks=runs,
        clocks_ran_at=max((run.ran_at for run in runs), default=None),
        are_clocks_late=clocks.are_late(),
        queue=_waiting(rows, now),
    )


def _waiting(rows: Iterable[OrmQ], now: datetime) -> list[Waiting]:
    tasks = [(row.task, row.lock > now) for row in rows]
    titles = dict(
        Job.objects.filter(pk__in=filter(None, (_job_of(task) for task, _ in tasks))).values_list(
            "pk", "title"
        )
    )
    return [
        Waiting(titles.get(_job_of(task) or 0) or work_in_words(str(task.get("func", ""))), is_taken)
        for task, is_taken in tasks
    ]


def _job_of(task: Mapping[str, Any]) -> int | None:
    """The row that a piece of queued work belongs to."""
    is_run = task.get("func") == "loa.core.jobs.run"
    return task["args"][0] if is_run and task.get("args") else None


def job_steps(user: Any, job: Job) -> list[Step]:
    """What this person may decide on a job; the other steps are a worker's."""
    return [step for step in JOB.open_to(user, job) if step.name in {"retry", "give_up"}]
