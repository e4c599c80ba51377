from loa.events.models.event import Event, EventMaterial, EventPanel, EventSeries, EventSession
from loa.events.models.papers import Certificate, EventPaper
from loa.events.models.people import Attendance, Invitation, Registration, SessionAttendance

__all__ = [
    "Attendance",
    "Certificate",
    "Event",
    "EventMaterial",
    "EventPanel",
    "EventPaper",
    "EventSeries",
    "EventSession",
    "Invitation",
    "Registration",
    "SessionAttendance",
]
