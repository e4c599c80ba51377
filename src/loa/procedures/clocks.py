from datetime import date

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.procedures.queries.matters import MATTERS


def remind(today: date | None = None) -> int:
    """The ladder of decisions that wait to be published. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)
