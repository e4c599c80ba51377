"""Who was there: read at the door or typed from the signed list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.events import tickets
from loa.events.actions.sessions import SEEN, mark_session, require_written, write_in_session
from loa.events.models import Attendance, Event, EventSession, Registration, SessionAttendance
from loa.events.queries import presence_in, session_at, sessions_with_attendance
from loa.events.queries.people import coming

MOST_AT_ONCE = 500
AHEAD = timedelta(minutes=10)  # how far a phone's clock may be before ours


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One ticket that a phone at the door has read. `key` is drawn by the phone: sent again it is the same."""

    told: str  # what was read or typed; or a digest of it, where the phone had no network
    key: str
    seen_at: datetime | None = None
    is_typed: bool = False
    session: int | None = (
        None  # where the event takes attendance session by session; else by the time it was read
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of it: "present" (now), "already" (read before), "unknown", "not_coming"."""

    key: str
    result: str
    name: str = ""
    since: datetime | None = None


@transaction.atomic
def check_in_many(event: Event, seen: Iterable[CheckIn], *, by: User) -> list[Checked]:
    """What phones send, perhaps an hour later and perhaps twice: the same check-in is one, a second ticket is told."""
    require(by, "events.change_event", event)
    _require_door(event)
    read = list(seen)
    if len(read) > MOST_AT_ONCE:
        raise FlowError(_("At most %(n)d check-ins are sent at once.") % {"n": MOST_AT_ONCE})
    people, sessions = _by_word(event), sessions_with_attendance(event)
    return [
        _check_in(people.get(_word(each.told)), each, session=_session_of(each, sessions), by=by)
        for each in read
    ]


def _session_of(seen: CheckIn, sessions: list[EventSession]) -> EventSession | None:
    named = next((row for row in sessions if row.pk == seen.session), None)
    return named or session_at(sessions, seen.seen_at or clock.now())


def _by_word(event: Event) -> dict[str, Registration]:
    """Everybody of the event by the digests of code and ticket. One query."""
    rows = event.registrations.select_related("attendance", "event")
    found = {}
    for row in rows:
        found[tickets.digest_of(row.code)] = row
        found[tickets.digest_of(tickets.ticket_of(row.code))] = row
    return found


def _word(told: str) -> str:
    """The digest of what was read or typed; a digest stays what it is."""
    told = told.strip()
    if len(told) == 64 and all(char in "0123456789abcdef" for char in told):
        return told
    code = tickets.code_of(told)
    return tickets.digest_of(code) if code else ""


def _check_in(row: Registration | None, seen: CheckIn, *, session: EventSession | None, by: User) -> Checked:
    if row is None:
        return Checked(seen.key, "unknown")
    if row.state != "going":
        return Checked(seen.key, "not_coming", row.name)
    known: Attendance | SessionAttendance | None = (
        SessionAttendance.objects.filter(registration=row, session=session).first()
        if session
        else Attendance.objects.filter(registration=row).first()
    )
    if known and known.presence == Attendance.Presence.PRESENT:
        result = "present" if seen.key and known.key == seen.key else "already"
        return Checked(seen.key, result, row.name, known.seen_at or known.at)
    now = clock.now()
    at = seen.seen_at if seen.seen_at and seen.seen_at <= now + AHEAD else now
    how = Attendance.How.CODE if seen.is_typed else Attendance.How.TICKET
    said: dict[str, Any] = {"how": how, "key": seen.key, "seen_at": at, "by": by}
    row_now = (
        write_in_session(session, row, "present", **said)
        if session
        else write_presence(row, "present", **said)
    )
    return Checked(seen.key, "present", row.name, row_now.seen_at)


def write_presence(
    row: Registration, presence: str, *, how: str, by: User, key: str = "", seen_at: datetime | None = None
) -> Attendance:
    attendance, _is_new = Attendance.objects.update_or_create(
        registration=row,
        defaults={
            "presence": presence,
            "how": how,
            "key": key[:64],
            "seen_at": seen_at,
            "by": by,
            "at": clock.now(),
        },
    )
    return attendance


@transaction.atomic
def mark_presence(event: Event, presences: Mapping[int, str], *, how: str = "list", by: User) -> int:
    """As the signed list says: {pk of the registration: presence, "" for nothing said}. Returns how many changed."""
    require(by, "events.change_event", event)
    require_written(event)
    require_one_session(event)
    changed = []
    for row in coming(event).filter(pk__in=presences):
        wanted = presences[row.pk]
        if wanted not in ("", *Attendance.Presence.values) or wanted == row.presence:
            continue
        if wanted == "":
            Attendance.objects.filter(registration=row).delete()
        else:
            write_presence(row, wanted, how=how, by=by)
        changed.append(row.pk)
    if changed:
        history.record(event, "event.mark_presence", by=by, data={"count": len(changed), "how": how})
    return len(changed)


@transaction.atomic
def mark_rest_absent(event: Event, *, session: EventSession | None = None, by: User) -> int:
    """After it: of whom nobody has said anything, they did not come; to this session, or to each that is open."""
    sessions = [session] if session else sessions_with_attendance(event)
    if sessions:
        people = set(coming(event).values_list("pk", flat=True))
        return sum(
            mark_session(each, dict.fromkeys(people - set(presence_in(each)), "absent"), by=by)
            for each in sessions
        )
    unknown = coming(event).filter(attendance__isnull=True)
    return mark_presence(event, dict.fromkeys(unknown.values_list("pk", flat=True), "absent"), by=by)


@transaction.atomic
def register_at_door(
    event: Event,
    *,
    name: str,
    title: str = "",
    organisation: str = "",
    phone: str = "",
    session: EventSession | None = None,
    by: User,
) -> Registration:
    """Somebody came without a ticket: written down and present, in the session of the time where there are several.

    The same person twice is once.
    """
    require(by, "events.change_event", event)
    _require_door(event)
    row, is_new = Registration.objects.get_or_create(
        event=event,
        name=name,
        organisation=organisation,
        state="going",
        defaults={
            "origin": Registration.Origin.DOOR,
            "title": title,
            "phone": phone,
            "code": tickets.new_code(),
            "created_at": clock.now(),
        },
    )
    if is_new:
        history.record(event, "event.register_at_door", by=by, note=name)
    session = session or session_at(sessions_with_attendance(event), clock.now())
    if session:
        write_in_session(session, row, "present", how=Attendance.How.LIST, by=by)
    elif row.presence != Attendance.Presence.PRESENT:
        write_presence(row, "present", how=Attendance.How.LIST, by=by)
    return row


@transaction.atomic
def add_own(
    event: Event,
    *,
    name: str,
    title: str = "",
    organisation: str = "",
    phone: str = "",
    email: str = "",
    by: User,
) -> Registration:
    """The organiser puts a person on the list: its own staff, a guest of honour, a speaker."""
    require(by, "events.change_event", event)
    if event.state not in ("approved", "announced", "postponed"):
        raise FlowError(_("People are put on the list before the event begins."))
    row = Registration.objects.create(
        event=event,
        origin=Registration.Origin.INVITED,
        name=name,
        title=title,
        organisation=organisation or str(event.agency),
        phone=phone,
        email=email,
        code=tickets.new_code(),
        created_at=clock.now(),
    )
    history.record(event, "event.add_person", by=by, note=name)
    return row


def _require_door(event: Event) -> None:
    """At the door before the first word too: an hour early is not too early."""
    early = event.state == "announced" and event.starts_at - clock.now() <= timedelta(hours=12)
    if event.state not in SEEN and not early:
        raise FlowError(_("People are checked in on the day of the event, until it is concluded."))


def require_one_session(event: Event) -> None:
    if event.sessions.filter(takes_attendance=True).exists():
        raise FlowError(_("For this event attendance is taken session by session."))
