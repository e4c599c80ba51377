"""What happens because time passed: reminders, the day before, and the end of what is kept about people."""

from datetime import date, timedelta

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.events import actions, notices
from loa.events.models import Event
from loa.events.queries import run_length
from loa.events.queries.matters import MATTERS


def remind(today: date | None = None) -> int:
    """Of names that are not given and of conclusions that are not issued. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)


def tell_soon() -> int:
    """Of gatherings of the next day."""
    tomorrow = clock.today() + timedelta(days=1)
    rows = Event.objects.filter(state="announced").select_related("created_by", "agency")
    return sum(notices.tell_soon(row) for row in rows if clock.day_of(row.starts_at) == tomorrow)


def tell_long() -> int:
    """Of dialogues that run longer than is laid down, whoever runs them hears once. Returns how many were told."""
    now = clock.now()
    rows = Event.objects.filter(state="running", kind=Event.Kind.DIALOGUE).select_related(
        "created_by", "agency"
    )
    return sum(
        notices.tell_long(row, length)
        for row in rows
        if (length := run_length(row, now)) and length.left <= 0
    )


def purge() -> int:
    """In pieces, until nothing is left to purge."""
    count = 0
    while done := actions.purge(clock.now()):
        count += done
    return count
