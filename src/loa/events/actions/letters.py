"""Mail to people who registered themselves and have no account: their ticket, a place that came free, what changed.

A letter is written once for each happening. Its key begins with the registration, so that it goes with the contact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from loa.channels.actions import forget_letters, write_letter
from loa.core.models import Entry
from loa.core.queue import later
from loa.events import tickets
from loa.events.models import Event, Registration
from loa.events.notices import when_words

COMING = ("going", "waiting")
LED_TO = {"event.postpone": "postponed", "event.set_anew": "announced", "event.cancel": "cancelled"}
PLACE = {"place", "address"}  # of an event's fields: who comes must know


def _key(registration: Registration, what: str) -> str:
    return f"event.registration:{registration.pk}:{what}"


def write_ticket(registration: Registration) -> None:
    """Right after registering: the code and the link to one's own page."""
    _write(
        registration,
        "ticket",
        lambda: (
            _("You are registered: %(title)s, %(when)s")
            if registration.state == "going"
            else _("You are on the waiting list: %(title)s, %(when)s")
        ),
        lambda: [
            _with_code(registration)
            if registration.state == "going"
            else _("Your code: %(code)s. You will be told when a place becomes free.")
            % {"code": tickets.shown(registration.code)},
            _("You can see your registration and cancel it on the page below."),
        ],
    )


def _with_code(registration: Registration) -> str:
    return _("Your code: %(code)s. Show it, or the square on the page below, at the door.") % {
        "code": tickets.shown(registration.code)
    }


def write_place_given(registration: Registration) -> None:
    """Who waited has a place now."""
    _write(
        registration,
        "place",
        lambda: _("A place is yours: %(title)s, %(when)s"),
        lambda: [
            _with_code(registration),
            _("You can see your registration and cancel it on the page below."),
        ],
    )


def tell_registered_later(entry: Entry) -> None:
    """Many people may have registered: the letters are written after the commit."""
    later("loa.events.jobs.tell_registered", entry.pk)


def tell_registered(entry: Entry) -> int:
    """Everybody who registered and left an e-mail, of one happening; told twice once. Returns how many there are.

    A happening that another has overtaken since is not told: the letter of the later one says how it stands.
    """
    event = Event.objects.select_related("agency").get(pk=entry.object_id)
    if entry.action != "event.edit" and event.state != LED_TO[entry.action]:
        return 0
    rows = event.registrations.filter(
        origin=Registration.Origin.PUBLIC, state__in=COMING, purged_at__isnull=True
    )
    rows = rows.exclude(email="")
    for row in rows:
        row.event = event
        _write_moved(row, entry)
    return len(rows)


def _write_moved(registration: Registration, entry: Entry) -> None:
    subjects: dict[str, Callable[[], str]] = {
        "event.postpone": lambda: _("Postponed: %(title)s"),
        "event.set_anew": lambda: _("New time: %(title)s, %(when)s"),
        "event.cancel": lambda: _("Cancelled: %(title)s"),
        "event.edit": lambda: _("New place: %(title)s, %(when)s"),
    }
    further: dict[str, Callable[[], list[str]]] = {
        "event.postpone": lambda: [
            entry.note,
            _("Your registration stays; you will be told of the new time."),
        ],
        "event.cancel": lambda: [entry.note],
    }
    come = lambda: [_("If you cannot come, please say so on the page below.")]  # noqa: E731  once per language
    _write(registration, str(entry.pk), subjects[entry.action], further.get(entry.action, come))


def _write(
    registration: Registration, what: str, subject: Callable[[], str], lines: Callable[[], Iterable[str]]
) -> None:
    """In the language of who registered, where an e-mail was left."""
    if not registration.email or registration.origin != Registration.Origin.PUBLIC:
        return
    event = registration.event
    with translation.override(registration.language):
        words = {
            "title": event.title,
            "when": when_words(event),
        }
        place = ", ".join(part for part in (event.place, event.address) if part)
        is_off = event.state in ("postponed", "cancelled")
        at = (
            _("It was to begin: %(when)s") % words
            if is_off
            else ", ".join(filter(None, [words["when"], place]))
        )
        told = [event.title, at, "", *lines()]
        write_letter(
            key=_key(registration, what),
            address=registration.email,
            subject=subject() % words,
            body="\n".join([*told, "", str(event.agency)]),
            url=reverse("events:own_registration", args=[tickets.own_word(registration.code)]),
            language=registration.language,
        )


@transaction.atomic
def forget_contact(registration: Registration) -> None:
    """What was mailed goes with the address."""
    forget_letters(keys_begin=_key(registration, ""))
