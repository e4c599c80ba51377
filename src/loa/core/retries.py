"""What met an absent database or network is tried again by itself: jobs with a row, and work that has none.

A job keeps when it is tried again. Of work without a row the engine keeps the failure, written down as soon as the
database answers; it says when it ended, and its group how often it was tried. An error of the work itself is left to
a person, as is what has met an outage at the last try.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django_q.models import Failure

from loa.core import clocks, outages, progress, queue
from loa.core.models import Job
from loa.core.workflow import StaleError

RUN = "loa.core.jobs.run"  # the work behind a row
REPEATED = ("loa.core.clocks.run_clocks",)  # comes again each minute: nothing to try
LOOKED_AT = timedelta(days=1)  # older failures wait for a person, also where the clocks stood still
AT_ONCE = 500  # jobs with a row, each minute
MOST_LOOKED_AT = 5000


def keep_error(job: Job, error: str, *, told: str) -> None:
    """Keep on its row what ended a job, and when it is tried again; `told`: the traceback.

    Raises as the database does where it is still away: then the engine keeps the failure.
    """
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    job.refresh_from_db()
    _fail(job, error, told=told, now=clocks.real_now())


def _fail(job: Job, error: str, *, told: str, now: datetime) -> None:
    pause = outages.pause_after(job.retry_count) if outages.tells_outage(told) else None
    progress.fail(job, error, try_again_at=now + pause if pause else None)


def try_again(now: datetime | None = None) -> int:
    """The clock. Returns how much is queued again; the moments are real, not a demo's."""
    now = now or clocks.real_now()
    failures = list(_recent_failures(now))
    for failure in failures:
        if failure.func == RUN:
            _hand_to_row(failure, now)
        elif failure.func in REPEATED and outages.tells_outage(str(failure.result)):
            queue.forget(failure)
    return sum(map(_queue_job, _due_jobs(now))) + sum(
        queue.again(failure, tries=queue.tries_of(failure) + 1) for failure in _due(failures, now)
    )


def _recent_failures(now: datetime) -> list[Failure]:
    """What may still be tried; the rows of the last try wait for a person."""
    rows = Failure.objects.filter(stopped__gt=now - LOOKED_AT).order_by("stopped")
    last = f"{queue.TRIES}{len(outages.PAUSES)}"
    return list(rows.filter(Q(group__isnull=True) | ~Q(group=last))[:MOST_LOOKED_AT])


def _due(failures: list[Failure], now: datetime) -> Iterator[Failure]:
    for failure in failures:
        at = None if failure.func in (RUN, *REPEATED) else try_again_at(failure)
        if at and at <= now:
            yield failure


def try_again_at(failure: Failure) -> datetime | None:
    """When failed work without a row is tried again by itself; None where it waits for a person."""
    pause = outages.pause_after(queue.tries_of(failure))
    if pause is None or not outages.tells_outage(str(failure.result)):
        return None
    return failure.stopped + pause


def _due_jobs(now: datetime) -> list[Job]:
    return list(Job.objects.filter(state="failed", try_again_at__lte=now).order_by("try_again_at")[:AT_ONCE])


@transaction.atomic
def _queue_job(job: Job) -> bool:
    """Of two clocks, or a clock and a person, one queues it."""
    try:
        progress.retry_by_itself(job)
    except StaleError:
        return False
    queue.later(RUN, job.pk)
    return True


@transaction.atomic
def _hand_to_row(failure: Failure, now: datetime) -> None:
    """A job whose worker could not write down how it ended: the database was away, or it took too long."""
    job = Job.objects.filter(pk__in=(failure.args or ())[:1]).first()
    if not queue.forget(failure) or job is None or job.state not in ("queued", "running"):
        return
    told = str(failure.result)
    _fail(job, outages.last_error(told), told=told, now=now)
