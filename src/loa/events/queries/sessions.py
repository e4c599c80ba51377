"""Sessions in which attendance is taken, and who was in which. A gathering without any is one session by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from loa.events.models import Attendance, Event, EventSession, Registration, SessionAttendance
from loa.events.queries.people import coming, present_people

EARLY = timedelta(hours=1)  # people come before the first word


def sessions_with_attendance(event: Event) -> list[EventSession]:
    """In the order of the programme. One query."""
    return list(event.sessions.filter(takes_attendance=True))


def session_at(sessions: Iterable[EventSession], moment: datetime) -> EventSession | None:
    """The one that people come to at a moment: the last that has begun or soon begins, else the first."""
    rows = list(sessions)
    begun = [row for row in rows if row.starts_at - EARLY <= moment]
    return begun[-1] if begun else next(iter(rows), None)


def presence_in(session: EventSession) -> dict[int, str]:
    """What is known of each person in a session, by the key of the registration. One query."""
    return dict(session.attendances.values_list("registration", "presence"))


def present_in(session: EventSession) -> int:
    return session.attendances.filter(registration__state="going", presence="present").count()


def sessions_of(registration: Registration) -> QuerySet[SessionAttendance]:
    """What is known of one person, session by session."""
    return registration.session_attendances.select_related("session").order_by("session__starts_at")


def sum_of(presences: Iterable[str], count: int) -> str:
    """The whole from the sessions: present in any, else what was said of every one of them; "" while one is open."""
    said = list(presences)
    if Attendance.Presence.PRESENT in said:
        return "present"
    if len(said) < count:
        return ""
    return "excused" if Attendance.Presence.EXCUSED in said else "absent"


def needed_sessions(event: Event, count: int) -> int:
    """How many of `count` sessions one must have been in for a certificate; 1 where the event names no share."""
    if not event.certificate_share or not count:
        return 1
    return max(-(-event.certificate_share * count // 100), 1)


def people_for_certificates(event: Event) -> QuerySet[Registration]:
    """Who was there: in the share of the sessions that the event asks for, else at all."""
    count = event.sessions.filter(takes_attendance=True).count()
    needed = needed_sessions(event, count)
    if not count or needed == 1:
        return present_people(event)
    present = Q(session_attendances__presence="present", session_attendances__session__takes_attendance=True)
    rows = coming(event).annotate(session_count=Count("session_attendances", filter=present))
    return rows.filter(session_count__gte=needed)
