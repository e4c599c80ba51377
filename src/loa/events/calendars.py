"""Gatherings as iCalendar, for anybody's calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as Entry

from loa.events.models import Event

STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}


def calendar_of(events: Iterable[Event], *, name: str, address: Callable[[Event], str]) -> bytes:
    """`address` gives the path of an event's page for whoever reads this calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Loa//Events//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    host = settings.BASE_URL.split("//")[-1].split("/")[0]
    for event in events:
        entry = Entry()
        entry.add("uid", f"event-{event.pk}@{host}")
        entry.add("dtstamp", event.changed_at)
        entry.add("dtstart", event.starts_at)
        entry.add("dtend", event.ends_at)
        entry.add("summary", event.title)
        entry.add("location", ", ".join(part for part in (event.place, event.address) if part))
        entry.add("description", event.purpose)
        entry.add("status", STATUS.get(event.state, "CONFIRMED"))
        entry.add("url", settings.BASE_URL + address(event))
        calendar.add_component(entry)
    return calendar.to_ical()
