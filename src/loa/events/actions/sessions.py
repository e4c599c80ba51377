"""Who was in which session: read at the door or typed from the signed list; the whole follows from the sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.events.models import Attendance, Event, EventSession, Registration, SessionAttendance
from loa.events.queries import coming, sum_of

SEEN = ("running", "ended")  # attendance is written down


def require_written(event: Event) -> None:
    if event.state not in SEEN:
        raise FlowError(_("Attendance is recorded once the event has begun, until it is concluded."))


def write_in_session(
    session: EventSession,
    row: Registration,
    presence: str,
    *,
    how: str,
    by: User,
    key: str = "",
    seen_at: datetime | None = None,
) -> SessionAttendance:
    """What is known of a person in a session; said again it is replaced, and the whole is summed up."""
    said = {
        "presence": presence,
        "how": how,
        "key": key[:64],
        "seen_at": seen_at,
        "by": by,
        "at": clock.now(),
    }
    attendance, _is_new = SessionAttendance.objects.update_or_create(
        session=session, registration=row, defaults=said
    )
    sum_up(session.event, [row.pk], how=how, by=by)
    return attendance


@transaction.atomic
def mark_session(session: EventSession, presences: Mapping[int, str], *, how: str = "list", by: User) -> int:
    """As the signed list of a session says: {pk of the registration: presence, "" for nothing said}.

    Returns how many changed.
    """
    event = session.event
    require(by, "events.change_event", event)
    require_written(event)
    if not session.takes_attendance:
        raise FlowError(_("No attendance is taken in this session."))
    known = dict(session.attendances.values_list("registration", "presence"))
    people = set(coming(event).filter(pk__in=presences).values_list("pk", flat=True))
    wanted = {
        pk: presence
        for pk, presence in presences.items()
        if pk in people and presence in ("", *Attendance.Presence.values) and presence != known.get(pk, "")
    }
    if wanted:
        session.attendances.filter(registration__in=wanted).delete()
        now = clock.now()
        SessionAttendance.objects.bulk_create(
            SessionAttendance(session=session, registration_id=pk, presence=presence, how=how, by=by, at=now)
            for pk, presence in wanted.items()
            if presence
        )
        sum_up(event, wanted, how=how, by=by)
        data = {"count": len(wanted), "how": how, "session": session.pk}
        history.record(event, "event.mark_session", by=by, note=session.title, data=data)
    return len(wanted)


def sum_up(event: Event, people: Iterable[int], *, how: str, by: User) -> None:
    """The whole of each person from the sessions. Four queries, whoever many."""
    keys = list(people)
    count = event.sessions.filter(takes_attendance=True).count()
    said: dict[int, list[str]] = {pk: [] for pk in keys}
    rows = SessionAttendance.objects.filter(registration__in=keys, session__takes_attendance=True)
    for pk, presence in rows.values_list("registration", "presence"):
        said[pk].append(presence)
    whole = {pk: sum_of(presences, count) for pk, presences in said.items()}
    known = dict(Attendance.objects.filter(registration__in=keys).values_list("registration", "presence"))
    changed = [pk for pk in keys if whole[pk] != known.get(pk, "")]
    Attendance.objects.filter(registration__in=changed).delete()
    now = clock.now()
    Attendance.objects.bulk_create(
        Attendance(registration_id=pk, presence=whole[pk], how=how, by=by, at=now)
        for pk in changed
        if whole[pk]
    )
