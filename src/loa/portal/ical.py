"""iCalendar: gatherings as text for anybody's calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from icalendar import Calendar, Event

from loa.core import clock
from loa.events.models import Event as Registered
from loa.portal.models import EventPage

USUAL_LENGTH = timedelta(hours=2)  # of an event whose end nobody has named


@dataclass(frozen=True, slots=True)
class Gathering:
    uid: str
    title: str
    begins: datetime
    ends: datetime
    place: str
    words: str
    url: str
    changed: datetime


def gathering_of(event: EventPage, request: HttpRequest) -> Gathering:
    return Gathering(
        uid=f"{event.translation_key}@{request.get_host().split(':')[0]}",
        title=event.title,
        begins=event.starts_at,
        ends=event.ends_at or event.starts_at + USUAL_LENGTH,
        place=event.place,
        words=event.lead,
        url=request.build_absolute_uri(event.get_url(request)),
        changed=event.last_published_at or clock.now(),
    )


def gathering_of_register(event: Registered, request: HttpRequest) -> Gathering:
    """One of the register of events; what was called off or put off says so in its title."""
    said = f"{event.get_state_display()}: " if event.state in ("cancelled", "postponed") else ""
    return Gathering(
        uid=f"event-{event.pk}@{request.get_host().split(':')[0]}",
        title=f"{said}{event.title}",
        begins=event.starts_at,
        ends=event.ends_at,
        place=", ".join(part for part in (event.place, event.address) if part),
        words=event.purpose,
        url=request.build_absolute_uri(reverse("events:public_detail", args=[event.pk])),
        changed=event.changed_at,
    )


def calendar_of(gatherings: Iterable[Gathering], *, name: str = "") -> str:
    """A whole calendar, its moments in universal time."""
    calendar = Calendar()
    calendar.add("prodid", "-//Loa//Portal//VI")
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    for each in gatherings:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", each.changed.astimezone(UTC))
        event.add("dtstart", each.begins.astimezone(UTC))
        event.add("dtend", each.ends.astimezone(UTC))
        event.add("summary", each.title)
        event.add("location", each.place)
        event.add("description", each.words)
        event.add("url", each.url)
        calendar.add_component(event)
    return calendar.to_ical().decode()
