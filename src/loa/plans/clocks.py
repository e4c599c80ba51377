from datetime import date

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.plans.queries.matters import MATTERS


def remind(today: date | None = None) -> int:
    """The ladder of every kind of matter of plans. Returns how many matters were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)
