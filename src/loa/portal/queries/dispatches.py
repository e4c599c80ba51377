"""Rounds of sending out: whom a list means on a day, how many copies that is, who has confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.channels.queries import Matter, MatterSource
from loa.directory.models import Agency
from loa.directory.queries import itself_and_left_to, members_of, people_counts
from loa.portal.models import Dispatch, DispatchLine, Parcel
from loa.portal.queries.publications import publications_overseen_by, staff_agency

_PEOPLE_READ = ("agency", "dispatch__publication__agency")


def dispatches_visible_to(user: Any) -> QuerySet[Dispatch]:
    """The board is for the publication's agency and for who oversees the plan of its work."""
    return Dispatch.objects.filter(publication__in=publications_overseen_by(user))


def dispatch_lines_visible_to(user: Any) -> QuerySet[DispatchLine]:
    return DispatchLine.objects.filter(dispatch__in=dispatches_visible_to(user))


def parcels_visible_to(user: Any) -> QuerySet[Parcel]:
    """An agency sees what it gets, once it is sent; who sees the board sees all."""
    agency = staff_agency(user)
    if agency is None:
        return Parcel.objects.none()
    own = Q(agency__in=itself_and_left_to(agency))
    return Parcel.objects.filter(own | Q(dispatch__in=dispatches_visible_to(user)))


def own_parcels(user: Any) -> QuerySet[Parcel]:
    agency = staff_agency(user)
    if agency is None:
        return Parcel.objects.none()
    rows = Parcel.objects.filter(agency__in=itself_and_left_to(agency))
    return rows.exclude(dispatch__state="draft").select_related(*_PEOPLE_READ)


@dataclass(slots=True)
class Share:
    """What one agency gets, and why."""

    agency: Agency
    quantity: int = 0
    parts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_named_twice(self) -> bool:
        return len(self.parts) > 1


@dataclass(frozen=True, slots=True)
class Expanded:
    """A list as of a day: the shares by agency, and the lines that mean nobody on that day."""

    shares: list[Share]
    empty: list[str]

    @property
    def total(self) -> int:
        return sum(share.quantity for share in self.shares)


def expand(dispatch: Dispatch) -> Expanded:
    """Groups mean their members, networks their people, as of the round's day. Three queries.

    The copies for a network's people go to the agency that keeps it. An agency named by several lines gets all.
    """
    lines = list(dispatch.lines.select_related("agency", "group", "network__keeper"))
    members = members_of([line.group for line in lines if line.group], dispatch.as_of)
    people = people_counts([line.network for line in lines if line.network], dispatch.as_of)
    shares: dict[int, Share] = {}
    empty = []
    for line in lines:
        found = list(_receivers(line, members, people))
        if not found:
            empty.append(str(line))
        for agency, quantity, count in found:
            share = shares.setdefault(agency.pk, Share(agency))
            share.quantity += quantity
            words = str(line) if line.agency is None else ""
            share.parts.append({"for": words, "quantity": quantity, "people": count})
    return Expanded(sorted(shares.values(), key=lambda share: share.agency.sort_name), empty)


def _receivers(
    line: DispatchLine, members: dict[int, list[Agency]], people: dict[int, int]
) -> Iterable[tuple[Agency, int, int | None]]:
    if line.agency is not None:
        yield line.agency, line.each, None
    elif line.group is not None:
        yield from ((agency, line.each, None) for agency in members[line.group.pk])
    elif line.network is not None and (count := people.get(line.network.pk, 0)):
        yield line.network.keeper, line.each * count, count


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a round is: agencies and copies."""

    agencies: int
    confirmed: int
    sent: int
    received: int
    short: int  # agencies that got fewer copies than were sent


def tally(dispatch: Dispatch) -> Tally:
    """One query."""
    rows = dispatch.parcels.annotate(came=F("received"))
    found = rows.aggregate(
        agencies=Count("pk"),
        confirmed=Count("pk", filter=Q(state="confirmed")),
        short=Count("pk", filter=Q(came__lt=F("quantity"))),
        sent=Sum("quantity"),
        received=Sum("came"),
    )
    return Tally(**{name: int(number or 0) for name, number in found.items()})


def with_tallies(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    """Adds `agency_count`, `confirmed_count` and `copy_count`."""
    return dispatches.annotate(
        agency_count=Count("parcels"),
        confirmed_count=Count("parcels", filter=Q(parcels__state="confirmed")),
        copy_count=Sum("parcels__quantity", default=0),
    )


# receipts as matters of the ladder ---------------------------------------------------------------


def _parcels() -> QuerySet[Parcel]:
    return Parcel.objects.select_related(*_PEOPLE_READ).annotate(
        due=F("dispatch__confirm_by"),
        is_before=Value(value=False, output_field=BooleanField()),
        since=TruncDate("dispatch__sent_at"),
        answered=F("remark"),
    )


def _unconfirmed() -> QuerySet[Parcel]:
    return _parcels().filter(state="waiting", dispatch__state="sent")


def _matter(row: Any) -> Matter:
    publication = row.dispatch.publication
    return Matter(
        obj=row,
        kind="print_receipt",
        title=publication.title,
        url=row.get_absolute_url(),
        agency=row.agency,
        asker_id=publication.agency_id,
        due_on=row.due,
    )


def _visible(user: Any, rows: QuerySet) -> QuerySet:
    return rows.filter(pk__in=parcels_visible_to(user).values("pk"))


MATTERS = (
    MatterSource(
        kind="print_receipt",
        label=_("Receipts of publications"),
        rows=_parcels,
        open_rows=_unconfirmed,
        matter=_matter,
        visible_to=_visible,
        overseen_by=_visible,
        list_url=lambda: reverse("portal:parcel_list"),
    ),
)
