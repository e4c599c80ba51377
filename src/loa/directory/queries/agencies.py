from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from loa.core.access import permits
from loa.directory.models import Agency, AgencyName, Membership, Reorganisation, in_force

if TYPE_CHECKING:
    from loa.directory.models import User


def agencies_visible_to(user: User) -> QuerySet[Agency]:
    """The directory is open to everybody who acts for some agency."""
    rows = Agency.objects.all()
    return rows if permits(user, "directory.see_directory") else rows.none()


def dated_names(agency: Agency) -> QuerySet[AgencyName]:
    """Older official names, the latest first; names without dates after them."""
    rows = AgencyName.objects.filter(agency=agency, kind=AgencyName.Kind.OFFICIAL)
    return rows.order_by(F("valid_to").desc(nulls_last=True), "pk")


def other_names(agency: Agency) -> QuerySet[AgencyName]:
    """Aliases, then remembered corrections."""
    return (
        AgencyName.objects.filter(agency=agency)
        .exclude(kind=AgencyName.Kind.OFFICIAL)
        .order_by("kind", "name")
    )


def reorganisations_visible_to(user: User) -> QuerySet[Reorganisation]:
    rows = Reorganisation.objects.prefetch_related("predecessors", "successors")
    return rows if permits(user, "directory.see_directory") else rows.none()


def earlier_reorganisations(agency: Agency) -> QuerySet[Reorganisation]:
    """How this body came about."""
    return agency.earlier_reorganisations.prefetch_related("predecessors", "successors").order_by("on")


def later_reorganisations(agency: Agency) -> QuerySet[Reorganisation]:
    """What became of this body."""
    return agency.later_reorganisations.prefetch_related("predecessors", "successors").order_by("on")


def unknown_successors() -> QuerySet[Agency]:
    """Bodies that end, of which no proven reorganisation says what became; unproven ones come with them."""
    known = Reorganisation.objects.filter(predecessors=OuterRef("pk"), is_proven=True)
    unproven = Reorganisation.objects.filter(is_proven=False).prefetch_related("successors")
    return (
        Agency.objects.filter(~Exists(known), valid_to__isnull=False)
        .select_related("parent")
        .prefetch_related(Prefetch("later_reorganisations", unproven, to_attr="unproven"))
    )


def agencies_without_focal_point(on: date) -> QuerySet[Agency]:
    """Bodies in being on a day for which nobody with an open account is focal point."""
    point = Membership.objects.filter(
        in_force(on), agency=OuterRef("pk"), role=Membership.Role.FOCAL_POINT, user__is_active=True
    )
    return Agency.objects.filter(in_force(on)).filter(~Exists(point))
