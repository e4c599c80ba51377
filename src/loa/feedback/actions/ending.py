"""What ends by itself: waiting for an asker who does not reply, and an answered case that nobody opens again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from loa.core import clock
from loa.feedback.actions.work import end_waiting
from loa.feedback.models import Case
from loa.feedback.queries import closes_on, waits_until
from loa.feedback.states import CASE


@transaction.atomic
def lapse_waiting(case: Case, *, on: date | None = None) -> bool:
    """Wait no longer once the time to reply has run out. False where it has not."""
    last_day = waits_until(case)
    if last_day is None or (on or clock.today()) <= last_day:
        return False
    end_waiting(case, actor="clock")
    return True


@transaction.atomic
def close_case(case: Case, *, on: date | None = None) -> bool:
    """Close an answered case once its days are over. False where they are not."""
    last_day = closes_on(case)
    if last_day is None or (on or clock.today()) <= last_day:
        return False
    CASE.take(case, "close", by=None, actor="clock")
    return True
