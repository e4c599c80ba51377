"""Every app's clocks in one place: run by `loa clocks`, and each minute by the workers' schedule.

The clocks are named in the settings, so that no app imports another's. One that fails does not stop the others:
its error is kept, shown to the administrator and told by `loa doctor`. The moments are real, not a demo's.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_q.models import Schedule

from loa.core.calendar_data import one_calendar
from loa.core.models import ClockRun
from loa.core.turns import take_turn

LONG = timedelta(minutes=15)  # without a run: nobody runs them
logger = logging.getLogger(__name__)


def run_clocks() -> dict[str, int]:
    """Run each clock once; returns how many rows each one moved, by its dotted name. One that failed is not in it."""
    with one_calendar():
        counts = {name: _run(name) for name in settings.CLOCKS}
    return {name: count for name, count in counts.items() if count is not None}


@transaction.atomic
def schedule_clocks() -> None:
    """Have the workers run the clocks each minute: one schedule, however many workers start at the same instant."""
    take_turn("clocks:schedule")
    there = Schedule.objects.filter(name="clocks").order_by("pk")
    for surplus in there[1:]:  # left by an earlier version: the clocks would run twice each minute
        surplus.delete()
    Schedule.objects.update_or_create(
        name="clocks",
        defaults={"func": "loa.core.clocks.run_clocks", "schedule_type": Schedule.MINUTES, "minutes": 1},
    )


def _run(name: str) -> int | None:
    began_at, ticks = real_now(), time.monotonic()
    try:
        count = int(import_string(name)())
    except Exception as error:
        logger.exception("The clock %s failed", name)
        told = {"error": f"{type(error).__name__}: {error}"[:2000], "failed_at": began_at}
        _keep(name, ran_at=began_at, milliseconds=_since(ticks), moved_count=0, **told)
        return None
    _keep(
        name, ran_at=began_at, milliseconds=_since(ticks), moved_count=count, succeeded_at=began_at
    )  # the last error stays readable
    return count


def _keep(name: str, **facts: object) -> None:
    """One statement, each minute for each clock; the row is there but for the first time."""
    if not ClockRun.objects.filter(name=name).update(**facts):
        ClockRun.objects.update_or_create(name=name, defaults=facts)


def _since(ticks: float) -> int:
    return round(1000 * (time.monotonic() - ticks))


def real_now() -> datetime:
    """The moment of the machine, whatever date a demo plays."""
    return datetime.fromtimestamp(time.time(), UTC)


def clock_runs() -> list[ClockRun]:
    """The row of each clock that is in use; one that never ran is not in it."""
    return list(ClockRun.objects.filter(name__in=settings.CLOCKS))


def failing_clocks() -> list[ClockRun]:
    return [run for run in clock_runs() if run.is_failing]


def last_ran_at() -> datetime | None:
    return max((run.ran_at for run in clock_runs()), default=None)


def are_late() -> bool:
    """The clocks have not run for long: reminders, rounds and mail wait for them."""
    ran_at = last_ran_at()
    return ran_at is None or real_now() - ran_at > LONG
