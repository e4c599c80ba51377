"""What gatherings tell people. Texts are made once per language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.channels.actions import notify
from loa.core import clock
from loa.core.models import Entry
from loa.core.text import format_date
from loa.directory.models import Agency, Membership, User, in_force
from loa.events import queries
from loa.events.models import Event, EventPanel, EventPaper, Invitation, Registration

MANAGERS = ("focal_point", "head")


def people_of(agencies: Iterable[Any], *roles: str) -> list[User]:
    held = Membership.objects.filter(in_force(clock.today()), agency__in=list(agencies), role__in=roles)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True))


def when_words(event: Event) -> str:
    """14:00 on 03/06/2019."""
    local = timezone.localtime(event.starts_at)
    return f"{local:%H:%M} {format_date(local.date())}"


def _words(event: Event, **more: Any) -> dict[str, Any]:
    place = ", ".join(part for part in (event.place, event.address) if part)
    return {"title": event.title, "when": when_words(event), "place": place, "agency": event.agency, **more}


def _without(people: Iterable[User], *out: User | None) -> list[User]:
    gone = {person.pk for person in out if person}
    return [person for person in people if person.pk not in gone]


def _tell(
    entry: Entry, people: Iterable[User], url: str, subject: Callable[[], str], body: Callable[[], str]
) -> None:
    """Once for each happening: the entry of the history names it."""
    notify(people, key=f"{entry.action}:{entry.object_id}:{entry.pk}", subject=subject, body=body, url=url)


def event_moved(event: Event, entry: Entry) -> None:
    """A step was taken: who has to act, and who has to know."""
    step = entry.action.partition(".")[2]
    if step in ("hand_in", "approve", "return_to_organiser"):
        _tell_inside(event, entry, step)
    elif step in ("postpone", "set_anew", "cancel") and event.announced_at:
        _tell_everybody(event, entry, step)


def place_moved(event: Event, entry: Entry) -> None:
    """Somewhere else, at the same time: whoever was told where it is."""
    _tell_everybody(event, entry, "edit")


def _tell_inside(event: Event, entry: Entry, step: str) -> None:
    words = _words(event)
    if step == "hand_in":
        heads = _without(people_of([event.agency_id], "head"), event.created_by, event.changed_by, entry.by)
        subject = lambda: _("To approve: %(title)s") % words  # noqa: E731  made once per language
        people = heads
    elif step == "approve":
        subject = lambda: _("Approved: %(title)s") % words  # noqa: E731
        people = _without([event.created_by, *filter(None, [event.handed_in_by])], entry.by)
    else:
        subject = lambda: _("Returned: %(title)s") % words  # noqa: E731
        people = _without([event.created_by, *filter(None, [event.handed_in_by])], entry.by)
    _tell(
        entry,
        people,
        event.get_absolute_url(),
        subject,
        lambda: entry.note or _("%(when)s, %(place)s") % words,
    )


def _tell_everybody(event: Event, entry: Entry, step: str) -> None:
    """Invited bodies, those who answer, nominees with an account, and the organiser."""
    subjects: dict[str, Callable[[], str]] = {
        "postpone": lambda: _("Postponed: %(title)s") % words,
        "set_anew": lambda: _("New time: %(title)s, %(when)s") % words,
        "cancel": lambda: _("Cancelled: %(title)s") % words,
        "edit": lambda: _("New place: %(title)s, %(when)s") % words,
    }
    words = _words(event)
    bodies = [
        *event.invitations.filter(state__in=("sent", "answered")).values_list("agency", flat=True),
        *event.panel.values_list("agency", flat=True),
        event.agency_id,
    ]
    people = {person.pk: person for person in people_of(bodies, *MANAGERS)}
    nominees = queries.accounts_of(event.registrations.filter(state__in=("going", "waiting")))
    people |= {person.pk: person for person in nominees}
    told = _without(people.values(), entry.by)
    _tell(
        entry,
        told,
        event.get_absolute_url(),
        subjects[step],
        lambda: entry.note or _("%(when)s, %(place)s") % words,
    )


def tell_invited(invitation: Invitation, entry: Entry) -> None:
    """A body is invited: never ordered, whoever it is."""
    event = invitation.event
    due = event.nominations_due_on
    words = _words(
        event,
        quota=invitation.quota,
        note=invitation.note,
        due=format_date(due) if due else "",
        whom=invitation,
    )

    def body() -> str:
        lines = [_("%(agency)s invites you to “%(title)s”, %(when)s, %(place)s.") % words]
        lines.append(_("Places: %(quota)s.") % words + (f" {words['note']}" if invitation.note else ""))
        if due:
            lines.append(_("Please say who comes by %(due)s, or that nobody can.") % words)
        return "\n".join(lines)

    people = people_of([invitation.agency_id], *MANAGERS)
    _tell(
        entry,
        people,
        invitation.get_absolute_url(),
        lambda: _("Invitation: %(title)s, %(when)s") % words,
        body,
    )


def tell_quota(invitation: Invitation, entry: Entry) -> None:
    words = _words(invitation.event, quota=invitation.quota)
    people = people_of([invitation.agency_id], *MANAGERS)
    subject = lambda: _("The invitation changed: %(title)s") % words  # noqa: E731  made once per language
    _tell(entry, people, invitation.get_absolute_url(), subject, lambda: _("Places: %(quota)s.") % words)


def invitation_moved(invitation: Invitation, entry: Entry) -> None:
    """The organiser hears the answer, the invited body that it is taken back."""
    step = entry.action.partition(".")[2]
    event = invitation.event
    words = _words(event, body=invitation.agency)
    subjects: dict[str, Callable[[], str]] = {
        "answer": lambda: _("%(body)s has given names: %(title)s") % words,
        "decline": lambda: _("%(body)s cannot come: %(title)s") % words,
        "withdraw": lambda: _("The invitation is taken back: %(title)s") % words,
    }
    if step == "withdraw":
        people, url = people_of([invitation.agency_id], *MANAGERS), reverse("events:invitation_list")
    else:
        people, url = organisers_of(event), event.get_absolute_url()
    _tell(
        entry,
        _without(people, entry.by),
        url,
        subjects[step],
        lambda: entry.note or _("%(when)s, %(place)s") % words,
    )


def organisers_of(event: Event) -> list[User]:
    """Who drafted it and who keeps the agency's work."""
    people = {person.pk: person for person in people_of([event.agency_id], "focal_point")}
    return list((people | {event.created_by_id: event.created_by}).values())


def tell_nominee(registration: Registration) -> None:
    """A person with an account is named by their body."""
    if registration.account is None:
        return
    words = _words(registration.event)
    notify(
        [registration.account],
        key=f"event.named:{registration.pk}",
        subject=lambda: _("You are to go to: %(title)s, %(when)s") % words,
        body=lambda: _("%(when)s, %(place)s") % words,
        url=registration.get_absolute_url(),
    )


def tell_panel(place: EventPanel, entry: Entry) -> None:
    words = _words(place.event)
    people = people_of([place.agency_id], *MANAGERS)
    notify(
        people,
        key=f"event.panel:{place.pk}:{entry.pk}",
        subject=lambda: _("Asked to answer in the dialogue: %(title)s, %(when)s") % words,
        body=lambda: _("%(agency)s asks you to send somebody who can answer. Please confirm.") % words,
        url=place.event.get_absolute_url(),
    )


def tell_place_confirmed(place: EventPanel, *, by: User) -> None:
    words = _words(place.event, body=place.agency)
    notify(
        _without(organisers_of(place.event), by),
        key=f"event.panel_confirmed:{place.pk}",
        subject=lambda: _("%(body)s will answer in: %(title)s") % words,
        body=lambda: _("%(when)s, %(place)s") % words,
        url=place.event.get_absolute_url(),
    )


def tell_soon(event: Event) -> int:
    """The day before: who comes and has an account, who answers, who organises. Told once for each time set."""
    nominees = queries.accounts_of(event.registrations.filter(state="going"))
    people = {person.pk: person for person in [*nominees, *organisers_of(event)]}
    panel = people_of(event.panel.values_list("agency", flat=True), *MANAGERS)
    people |= {person.pk: person for person in panel}
    words = _words(event)
    told = notify(
        people.values(),
        key=f"event.soon:{event.pk}:{event.starts_at.isoformat()}",
        subject=lambda: _("Tomorrow: %(title)s, %(when)s") % words,
        body=lambda: _("%(when)s, %(place)s") % words,
        url=event.get_absolute_url(),
    )
    return len(told)


def tell_long(event: Event, length: queries.Length) -> int:
    """The session has reached its longest: whoever runs it may bring it to its end. Once for each session."""
    words = _words(event, longest=length.longest)
    told = notify(
        organisers_of(event),
        key=f"event.long:{event.pk}:{event.began_at}",
        subject=lambda: _("The session has run for %(longest)s minutes: %(title)s") % words,
        body=lambda: (
            _("It may be brought to its end; questions that are left go on in writing.")
            + f" {length.legal_basis}"
        ),
        url=event.get_absolute_url(),
    )
    return len(told)


def paper_moved(paper: EventPaper, entry: Entry) -> None:
    step = entry.action.partition(".")[2]
    words = {"title": str(paper)}
    if step == "hand_in":
        people = _without(people_of([paper.event.agency_id], "head"), paper.writer, entry.by)
        subject = lambda: _("To sign: %(title)s") % words  # noqa: E731  made once per language
    else:
        people = _without([paper.writer], entry.by)
        subject = {
            "issue": lambda: _("Issued: %(title)s") % words,
            "return_to_writer": lambda: _("Returned: %(title)s") % words,
        }[step]
    _tell(entry, people, paper.get_absolute_url(), subject, lambda: entry.note or str(paper.event))


def tell_issued(paper: EventPaper, entry: Entry, bodies: Iterable[Agency]) -> None:
    """Bodies that had a part in it can read it now."""
    words = {"title": str(paper)}
    notify(
        _without(people_of([body.pk for body in bodies], *MANAGERS), entry.by),
        key=f"event_paper.read:{paper.pk}:{entry.pk}",
        subject=lambda: _("Issued: %(title)s") % words,
        body=lambda: str(paper.event),
        url=paper.get_absolute_url(),
    )


def due_moved(event: Event, entry: Entry) -> list[User]:
    due = event.conclusion_due_on
    words = {"title": event.title, "day": format_date(due) if due else ""}
    people = _without(organisers_of(event), entry.by)
    _tell(
        entry,
        people,
        event.get_absolute_url(),
        lambda: _("The working calendar changed: conclusion of “%(title)s” by %(day)s") % words,
        lambda: entry.note,
    )
    return people
