"""Bodies are invited with so many places; they say who comes, that nobody can, or who comes instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.models import Entry
from loa.core.workflow import FlowError
from loa.directory.models import Agency, Network, User
from loa.events import notices, tickets
from loa.events.models import Attendance, Event, Invitation, Registration
from loa.events.shapes import Name
from loa.events.states import INVITATION, REGISTRATION

MOST_PLACES = 1000
INVITING = ("draft", "returned", "with_head", "approved", "announced", "running", "postponed")


@transaction.atomic
def invite(
    event: Event,
    *,
    agencies: Iterable[Agency] = (),
    networks: Iterable[Network] = (),
    quota: int,
    note: str = "",
    by: User,
) -> list[Invitation]:
    """Invite bodies, and networks by the bodies that keep them. Who is invited already stays as it is.

    Sent at once where the event is announced, else with its announcement.
    """
    row = _open_event(event, by)
    if not 0 < quota <= MOST_PLACES:
        raise FlowError(_("A body gets between 1 and %(n)d places.") % {"n": MOST_PLACES})
    wanted: list[tuple[Agency, Network | None]] = [(agency, None) for agency in agencies]
    wanted += [(network.keeper, network) for network in networks]
    found = []
    for agency, network in wanted:
        found += _invite_one(row, agency, network, quota=quota, note=note, by=by)
    return found


def _invite_one(
    event: Event, agency: Agency, network: Network | None, *, quota: int, note: str, by: User
) -> list[Invitation]:
    known = event.invitations.filter(agency=agency) if network is None else event.invitations
    if known.filter(network=network).exists():
        return []
    if network is None and agency.pk == event.agency_id:
        raise FlowError(_("The organiser names its own people at the list of participants."))
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                event=event, agency=agency, network=network, quota=quota, note=note[:300]
            )
    except IntegrityError:  # a second click was faster
        return []
    history.record(event, "event.invite", by=by, note=str(invitation), data={"quota": quota})
    if event.state in ("announced", "running"):
        send_invitation(invitation, by=by)
    return [invitation]


def send_invitation(invitation: Invitation, *, by: User) -> Entry:
    entry = INVITATION.take(invitation, "send", by=by, sent_at=clock.now())
    notices.tell_invited(invitation, entry)
    return entry


@transaction.atomic
def change_quota(invitation: Invitation, *, quota: int, note: str = "", by: User) -> Invitation:
    """More or fewer places, never fewer than names that were given."""
    require(by, "events.change_invitation", invitation)
    row = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("event__agency", "agency")
        .get(pk=invitation.pk)
    )
    if row.state == "withdrawn":
        raise FlowError(_("The invitation was taken back."))
    named = row.registrations.filter(state="going").count()
    if not max(named, 1) <= quota <= MOST_PLACES:
        raise FlowError(_("%(n)d people are named already: no fewer places.") % {"n": named})
    before, row.quota, row.note = row.quota, quota, note[:300]
    row.save(update_fields=["quota", "note"])
    entry = history.record(row, "invitation.change", by=by, data={"from": before, "to": quota})
    if row.state != "draft" and before != quota:
        notices.tell_quota(row, entry)
    return row


@transaction.atomic
def take_invitation_step(invitation: Invitation, step: str, *, note: str = "", by: User) -> Entry:
    """Decline or take back: names that were given are not coming any more."""
    changes: dict[str, Any] = {"reason": note, "answered_at": clock.now()} if step == "decline" else {}
    if step == "decline":
        _require_before_it(invitation.event)
    was_sent = invitation.state != "draft"
    entry = INVITATION.take(invitation, step, by=by, note=note, **changes)
    if step in ("decline", "withdraw"):
        for registration in invitation.registrations.filter(state="going").select_related(
            "event", "invitation"
        ):
            registration.invitation = invitation
            REGISTRATION.take(registration, "cancel", by=by, note=note)
    if was_sent:
        notices.invitation_moved(invitation, entry)
    return entry


@transaction.atomic
def name_people(invitation: Invitation, names: Sequence[Name], *, by: User) -> Invitation:
    """The people a body sends, within its places: the whole list as it is now.

    Who stands in it already stays; who is left out is not coming. Raises FlowError.
    """
    require(by, "events.answer_invitation", invitation)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related(
        "event__agency", "agency", "network"
    )
    row = rows.get(pk=invitation.pk)
    _require_before_it(row.event)
    if row.state not in ("sent", "answered", "declined"):
        raise FlowError(_("This invitation takes no names now."))
    _check_names(row, names)
    before = {(each.name, each.title): each for each in row.registrations.filter(state="going")}
    added = [name for name in names if not _known(before, name)]
    kept = {(name.name, name.title) for name in names}
    for key, registration in before.items():
        if key not in kept:
            registration.invitation = row
            REGISTRATION.take(registration, "cancel", by=by)
    for name in added:
        notices.tell_nominee(_add(row, name))
    _answer(row, [name.name for name in added], by=by)
    return row


def _known(before: dict[tuple[str, str], Registration], name: Name) -> bool:
    known = before.get((name.name, name.title))
    if known is None:
        return False
    Registration.objects.filter(pk=known.pk).update(phone=name.phone, email=name.email)
    return True


def _answer(row: Invitation, added: list[str], *, by: User) -> None:
    if row.state != "answered":
        entry = INVITATION.take(row, "answer", by=by, answered_at=clock.now(), reason="")
        notices.invitation_moved(row, entry)
    history.record(row, "invitation.name_people", by=by, data={"added": added})


def _check_names(row: Invitation, names: Sequence[Name]) -> None:
    if not names:
        raise FlowError(_("Name at least one person, or say that nobody can come."))
    if len(names) > row.quota:
        raise FlowError(_("The invitation is for %(n)d people.") % {"n": row.quota})
    keys = [(name.name, name.title) for name in names]
    if len(set(keys)) < len(keys):
        raise FlowError(_("The same person stands in the list twice."))
    foreign = [name for name in names if name.member and name.member.network_id != row.network_id]
    if foreign:
        raise FlowError(_("“%(name)s” is not of this network.") % {"name": foreign[0].name})


def _add(row: Invitation, name: Name, *, stands_for: Registration | None = None) -> Registration:
    registration = Registration.objects.create(
        event=row.event,
        origin=Registration.Origin.INVITED,
        invitation=row,
        name=name.name,
        title=name.title,
        organisation=name.organisation or str(row.agency),
        phone=name.phone,
        email=name.email,
        account=name.account,
        member=name.member,
        stands_for=stands_for,
        code=tickets.new_code(),
        created_at=clock.now(),
    )
    registration.event, registration.invitation = row.event, row
    return registration


@transaction.atomic
def replace_nominee(registration: Registration, name: Name, *, note: str, by: User) -> Registration:
    """Another comes instead; the list says for whom, and why."""
    row = registration.invitation
    if row is None:
        raise FlowError(_("Only who was named by a body is replaced."))
    if registration.event.state not in ("announced", "running"):
        raise FlowError(_("Names change while the event is announced or going on."))
    if Attendance.objects.filter(registration=registration, presence="present").exists():
        raise FlowError(_("%(name)s is there already.") % {"name": registration.name})
    if name.member and name.member.network_id != row.network_id:
        raise FlowError(_("“%(name)s” is not of this network.") % {"name": name.name})
    REGISTRATION.take(registration, "replace", by=by, note=note)
    Attendance.objects.filter(registration=registration).delete()
    substitute = _add(row, name, stands_for=registration)
    data = {"from": registration.name, "to": substitute.name}
    history.record(row, "invitation.replace", by=by, note=note, data=data)
    notices.tell_nominee(substitute)
    return substitute


def _open_event(event: Event, by: User) -> Event:
    row = Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event.pk)
    require(by, "events.change_event", row)
    if row.state not in INVITING:
        raise FlowError(_("Nobody is invited to it any more."))
    return row


def _require_before_it(event: Event) -> None:
    if event.state not in ("announced", "postponed"):
        raise FlowError(_("Answers are taken until the event begins."))
