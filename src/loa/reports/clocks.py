from datetime import date

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.reports.queries.matters import MATTERS


def remind(today: date | None = None) -> int:
    """The ladders of reports owed and of reports to read. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)
