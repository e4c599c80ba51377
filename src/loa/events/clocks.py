"""What happens because time passed: reminders, the day before, and the end of what is kept about people."""

from datetime import date, timedelta

from django.utils import timezone

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.events import actions, notices
from loa.events.models import Event
from loa.events.queries.matters import MATTERS


def remind(today: date | None = None) -> int:
    """Of names that are not given and of conclusions that are not issued. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in MATTERS)


def tell_soon() -> int:
    """Of gatherings of the next day."""
    tomorrow = clock.today() + timedelta(days=1)
    rows = Event.objects.filter(state="announced").select_related("created_by", "agency")
    return sum(notices.tell_soon(row) for row in rows if timezone.localdate(row.starts_at) == tomorrow)


def purge() -> int:
    """In pieces, until nothing is left to purge."""
    count = 0
    while done := actions.purge(clock.now()):
        count += done
    return count
