"""People who register themselves on the portal: one form is one place, with a waiting list; and the end of their data."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.text import fold
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.events import tickets
from loa.events.actions.letters import forget_contact, write_place_given, write_ticket
from loa.events.models import Attendance, Event, Registration, SessionAttendance
from loa.events.queries.people import next_waiting, places_left, purgeable
from loa.events.queries.visible import takes_registrations
from loa.events.states import REGISTRATION

AT_ONCE = 200  # rows of one purge


@transaction.atomic
def register_publicly(
    event: Event,
    *,
    name: str,
    phone: str = "",
    email: str = "",
    organisation: str = "",
    key: str,
    has_consented: bool,
    language: str = "vi",
) -> Registration:
    """A place, or one on the waiting list. The same `key` (of one form) again is the same registration."""
    row = Event.objects.select_for_update(of=("self",)).get(
        pk=event.pk
    )  # places are counted one after the other
    known = Registration.objects.filter(event=row, key=key).first() if key else None
    if known:
        return known
    now = clock.now()
    if not takes_registrations(row, now):
        raise FlowError(_("Registration is closed."))
    if not has_consented:
        raise FlowError(_("Without your consent nothing about you is kept, and no place can be given."))
    if not phone and not email:
        raise FlowError(_("Give a telephone number or an e-mail address, so that you can come back."))
    left = places_left(row)
    registration = Registration(
        event=row,
        state="waiting" if left == 0 else "going",
        origin=Registration.Origin.PUBLIC,
        name=name,
        organisation=organisation,
        phone=phone,
        email=email,
        code=tickets.new_code(),
        key=key,
        language=language,
        consent_at=now,
        created_at=now,
    )
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError:  # a second click was faster
        return Registration.objects.get(event=row, key=key)
    history.record(registration, "registration.register", by=None, actor="citizen")
    write_ticket(registration)
    return registration


def find_own(code: str, contact: str) -> Registration | None:
    """By the code of the ticket and the telephone number or e-mail that was given with it."""
    found = Registration.objects.filter(code=tickets.code_of(code), origin=Registration.Origin.PUBLIC)
    row = found.select_related("event__agency").first()
    if row is None or not contact.strip():
        return None
    digits = "".join(char for char in contact if char.isdigit())
    own = "".join(char for char in row.phone if char.isdigit())
    is_phone = bool(own) and own == digits
    is_email = bool(row.email) and fold(row.email) == fold(contact)
    return row if is_phone or is_email else None


@transaction.atomic
def cancel_registration(registration: Registration, *, note: str = "", by: User | None) -> Entry:
    """By the person, by the body that gave the name, or by the organiser; who waited longest takes the place."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=registration.event_id)
    if event.state not in ("announced", "running", "postponed"):
        raise FlowError(_("The event is over: the list can no longer be changed."))
    if Attendance.objects.filter(registration=registration, presence="present").exists():
        raise FlowError(_("%(name)s is there already.") % {"name": registration.name})
    entry = REGISTRATION.take(registration, "stay_away", by=by, actor="" if by else "citizen", note=note)
    SessionAttendance.objects.filter(registration=registration).delete()
    Attendance.objects.filter(registration=registration).delete()
    _give_free_places(event)
    return entry


def _give_free_places(event: Event) -> None:
    """Who waited longest comes first. The places of an invited body go to others too where all are counted."""
    while places_left(event) != 0 and (waiting := next_waiting(event)):
        REGISTRATION.take(waiting, "give_place", by=None, actor="citizen")
        write_place_given(waiting)


@transaction.atomic
def give_place(registration: Registration, *, by: User) -> Entry:
    """The organiser lets somebody in past the line, or beyond the number of places."""
    entry = REGISTRATION.take(registration, "give_place", by=by)
    write_place_given(registration)
    return entry


@transaction.atomic
def widen(event: Event, *, by: User) -> int:
    """After more places were set: who waits gets them. Returns how many did."""
    require(by, "events.change_event", event)
    row = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    before = row.registrations.filter(state="waiting").count()
    if row.state in ("announced", "running"):
        _give_free_places(row)
    return before - row.registrations.filter(state="waiting").count()


@transaction.atomic
def purge(now: datetime) -> int:
    """Contacts go, and the names of who registered themselves; that somebody was there still counts."""
    rows = list(purgeable(now).select_related("event")[:AT_ONCE])
    for row in rows:
        row.phone = row.email = ""
        forget_contact(row)
        row.purged_at = now
        if row.origin != Registration.Origin.INVITED and not hasattr(row, "certificate"):
            row.name, row.organisation, row.title = _("Name not kept"), "", ""
        row.save()
        history.record(row, "registration.purge", by=None, actor="clock")
    return len(rows)
