"""What procedures tell whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy

from loa.channels.actions import notify
from loa.core import clock
from loa.core.text import format_date
from loa.directory.models import Delegation, Membership, User, in_force
from loa.procedures.models import CommunicationProposal, ProcedureVersion

if TYPE_CHECKING:
    from loa.core.models import Entry

MANAGERS = ("focal_point", "head")
SUBJECTS = {
    "version.hand_to_head": gettext_lazy("Waiting for your approval: %(what)s"),
    "version.return_to_writer": gettext_lazy("Returned by the head: %(what)s"),
    "version.return_approved": gettext_lazy("The approval was taken back: %(what)s"),
    "version.approve": gettext_lazy("Approved, to be published: %(what)s"),
}
RECEIVERS = {
    "version.hand_to_head": ("head",),
    "version.approve": ("focal_point", "clerk"),
}


def people_of(agency_ids: Iterable[int], *roles: str) -> list[User]:
    """Who holds one of the roles today in some agencies, stand-ins of heads included. One query."""
    today, agencies = clock.today(), list(agency_ids)
    people = Q(
        pk__in=Membership.objects.filter(in_force(today), agency__in=agencies, role__in=roles).values("user")
    )
    if "head" in roles:
        standing_in = Delegation.objects.filter(
            agency__in=agencies, starts_on__lte=today, ends_on__gte=today, withdrawn_at__isnull=True
        )
        people |= Q(pk__in=standing_in.values("receiver"))
    return list(User.objects.filter(people, is_active=True))


def version_moved(version: ProcedureVersion, entry: Entry) -> None:
    """Tell who acts next; the writer too, where it comes back."""
    if entry.action not in SUBJECTS:
        return
    roles = RECEIVERS.get(entry.action, ("focal_point",))
    people = people_of([version.procedure.agency_id], *roles)
    if entry.action not in RECEIVERS and version.written_by and version.written_by not in people:
        people.append(version.written_by)
    notify(
        [person for person in people if person.pk != entry.by_id],
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: str(SUBJECTS[entry.action]) % {"what": version.name[:150]},
        body=lambda: entry.note,
        url=version.staff_url,
    )


def due_moved(version: ProcedureVersion, entry: Entry) -> list[User]:
    """A changed calendar moves the last day to publish."""
    people = people_of([version.procedure.agency_id], *MANAGERS)
    notify(
        people,
        key=f"version.move_due:{entry.pk}",
        subject=lambda: gettext("The last day to publish has moved: %(what)s") % {"what": version.name[:150]},
        body=lambda: format_date(version.due_on) if version.due_on else "",
        url=version.staff_url,
    )
    return people


def proposal_made(proposal: CommunicationProposal, entry: Entry) -> None:
    """The coordinator of the plan is asked, whoever it is: a request, not an order."""
    notify(
        people_of([proposal.plan.coordinator_id], *MANAGERS),
        key=f"proposal.propose:{entry.pk}",
        subject=lambda: (
            gettext("%(agency)s asks to make a change of procedure known")
            % {"agency": proposal.agency.short_name or proposal.agency.name}
        ),
        body=lambda: proposal.content,
        url=proposal.get_absolute_url(),
    )


def proposal_decided(proposal: CommunicationProposal, entry: Entry) -> None:
    said = (
        gettext_lazy("Taken up: %(what)s")
        if proposal.state == "taken_up"
        else gettext_lazy("Declined: %(what)s")
    )
    notify(
        [person for person in people_of([proposal.agency_id], *MANAGERS) if person.pk != entry.by_id],
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: str(said) % {"what": proposal.content[:150]},
        body=lambda: entry.note,
        url=proposal.get_absolute_url(),
    )
