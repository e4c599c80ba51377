"""What cases do because time passed. Each may run at any time, twice, or after days of silence."""

from collections.abc import Callable, Iterable
from datetime import date

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.models import Case
from loa.feedback.queries.matters import MATTERS


def end_waiting(today: date | None = None) -> int:
    """Askers who were asked something and did not reply in time: the clocks run again. Returns how many."""
    return _count(queries.awaited_cases(), actions.lapse_waiting, today or clock.today())


def close_answered(today: date | None = None) -> int:
    """Answered cases that nobody has opened again in time. Returns how many were closed."""
    return _count(queries.unclosed_cases(), actions.close_case, today or clock.today())


def remind(today: date | None = None) -> int:
    """The ladders of every clock of a case. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)


def _count(cases: Iterable[Case], act: Callable[..., bool], today: date) -> int:
    count = 0
    for case in cases:
        try:
            count += act(case, on=today)
        except FlowError:  # the asker or another clock was faster
            continue
    return count


def tell_subscribers(today: date | None = None) -> int:
    """Letters about new answers, one a day for each address. Returns how many were written."""
    on = today or clock.today()
    return sum(actions.tell_subscriber(each, on=on) for each in queries.addresses_to_tell())


def purge_subscriptions(_today: date | None = None) -> int:
    """Addresses that were never confirmed."""
    return actions.purge_unconfirmed()
