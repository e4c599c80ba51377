"""What is told of publications: to editors, to writers, to the agencies that get copies. Everybody is asked kindly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loa.channels.actions import Telling, notify, notify_many
from loa.channels.queries import people_in
from loa.core import clock
from loa.core.models import Entry
from loa.core.text import format_date
from loa.directory.models import User
from loa.portal.models import Dispatch, Parcel, Publication

EDITORS = ("editor", "approver", "head")
RECEIVERS = ("focal_point", "clerk")
SENDERS = ("editor", "focal_point")

SENTENCES = {
    "publication.write": gettext_lazy("Began the publication"),
    "publication.edit": gettext_lazy("Changed the publication"),
    "publication.attach": gettext_lazy("Added a file"),
    "publication.detach": gettext_lazy("Removed a file"),
    "publication.unreadable": gettext_lazy("The file could not be looked into"),
    "dispatch.prepare": gettext_lazy("Began a sending round"),
    "dispatch.edit": gettext_lazy("Changed the sending round"),
    "dispatch.add_line": gettext_lazy("Put a receiver on the list"),
    "dispatch.remove_line": gettext_lazy("Took a receiver off the list"),
    "dispatch.type_in": gettext_lazy("Entered receipts on paper"),
}
_MOVED = {
    "publication.hand_to_editor": gettext_lazy("A publication waits for you: %(title)s"),
    "publication.return_to_writer": gettext_lazy("Returned: %(title)s"),
    "publication.approve": gettext_lazy("Approved: %(title)s"),
    "publication.reopen": gettext_lazy("Opened again for changes: %(title)s"),
    "publication.release": gettext_lazy("Released: %(title)s"),
    "publication.withdraw": gettext_lazy("Withdrawn: %(title)s"),
    "publication.restore": gettext_lazy("To be released again: %(title)s"),
}


def people_of(agency_ids: Iterable[int], roles: Iterable[str]) -> dict[int, list[User]]:
    """Who holds one of some roles today, by agency. Two queries."""
    wanted, found = set(roles), dict[int, list[User]]()
    for (agency_id, role), people in people_in(agency_ids, clock.today()).items():
        if role in wanted:
            found.setdefault(agency_id, []).extend(people)
    return found


def publication_moved(publication: Publication, entry: Entry) -> None:
    """The next to act, or who wrote it; those who got copies learn that it is withdrawn."""
    if entry.action == "publication.hand_to_editor":
        people = people_of([publication.agency_id], EDITORS).get(publication.agency_id, [])
        people = [person for person in people if person.pk not in publication.writer_ids]
    else:
        people = list(User.objects.filter(pk__in=publication.writer_ids))
    _tell(people, publication, entry)
    if entry.action == "publication.withdraw":
        rows = Parcel.objects.filter(dispatch__publication=publication, dispatch__state="sent")
        agencies = set(rows.values_list("agency", flat=True))
        receivers = [person for found in people_of(agencies, RECEIVERS).values() for person in found]
        notify(
            receivers,
            key=f"{entry.action}:{entry.pk}:receivers",
            subject=lambda: _("Kindly stop handing out: %(title)s") % {"title": publication.title},
            body=lambda: entry.note,
            url=publication.get_absolute_url(),
        )


def _tell(people: Iterable[User], publication: Publication, entry: Entry) -> None:
    notify(
        [person for person in people if person.pk != entry.by_id],
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: str(_MOVED[entry.action]) % {"title": publication.title},
        body=lambda: entry.note,
        url=publication.get_absolute_url(),
    )


def dispatch_sent(dispatch: Dispatch, parcels: Iterable[Parcel]) -> None:
    """Each agency is asked to confirm what comes."""
    rows = list(parcels)
    people = people_of({row.agency_id for row in rows}, RECEIVERS)
    notify_many([_parcel_telling(dispatch, row, people.get(row.agency_id, [])) for row in rows])


def _parcel_telling(dispatch: Dispatch, parcel: Parcel, people: list[User]) -> Telling:
    def subject() -> str:
        words = ngettext(
            "Kindly confirm the receipt of %(n)s copy: %(title)s",
            "Kindly confirm the receipt of %(n)s copies: %(title)s",
            parcel.quantity,
        )
        return words % {"n": parcel.quantity, "title": dispatch.publication.title}

    def body() -> str:
        day = _("By %(day)s.") % {"day": format_date(dispatch.confirm_by)}
        return " ".join(filter(None, [dispatch.publication.agency.name + ".", day, dispatch.note]))

    return Telling(people, f"parcel:{parcel.pk}:sent", subject, body, parcel.get_absolute_url())


def dispatch_called_off(dispatch: Dispatch, entry: Entry) -> None:
    agencies = set(dispatch.parcels.values_list("agency", flat=True))
    people = [person for found in people_of(agencies, RECEIVERS).values() for person in found]
    notify(
        people,
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: _("The sending is called off: %(title)s") % {"title": dispatch.publication.title},
        body=lambda: entry.note,
        url=reverse("portal:parcel_list"),
    )


def parcel_short(parcel: Parcel, entry: Entry) -> None:
    """Who sent it learns what did not come."""
    publication = parcel.dispatch.publication
    found: dict[str, Any] = {"agency": parcel.agency, "n": parcel.shortage, "title": publication.title}
    notify(
        people_of([publication.agency_id], SENDERS).get(publication.agency_id, []),
        key=f"{entry.action}:{entry.pk}",
        subject=lambda: _("%(agency)s lacks %(n)s copies: %(title)s") % found,
        body=lambda: parcel.remark,
        url=parcel.dispatch.get_absolute_url(),
    )
