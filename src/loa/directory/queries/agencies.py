from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from loa.core.access import permits
from loa.core.text import fold
from loa.directory.models import Agency, AgencyName, Membership, Reorganisation, in_force

if TYPE_CHECKING:
    from loa.directory.models import User

_APART = " · "
# an act that is only prepared is nobody's knowledge; a fact that a prepared decision applies stays known
KNOWN = Q(is_proven=True) | Q(decided_by__isnull=True)


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
    rows = Reorganisation.objects.filter(KNOWN).prefetch_related("predecessors", "successors")
    return rows if permits(user, "directory.see_directory") else rows.none()


def earlier_reorganisations(agency: Agency) -> QuerySet[Reorganisation]:
    """How this body came about."""
    return (
        agency.earlier_reorganisations.filter(KNOWN)
        .prefetch_related("predecessors", "successors")
        .order_by("on")
    )


def later_reorganisations(agency: Agency) -> QuerySet[Reorganisation]:
    """What became of this body."""
    return (
        agency.later_reorganisations.filter(KNOWN)
        .prefetch_related("predecessors", "successors")
        .order_by("on")
    )


def unknown_successors() -> QuerySet[Agency]:
    """Bodies that end, of which no proven reorganisation says what became; unproven ones come with them."""
    known = Reorganisation.objects.filter(predecessors=OuterRef("pk"), is_proven=True)
    unproven = Reorganisation.objects.filter(KNOWN, is_proven=False).prefetch_related("successors")
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


def agency_label(agency: Agency) -> str:
    """What tells bodies of one name apart: the name and the code."""
    return f"{agency.name}{_APART}{agency.code}"


def agency_labels() -> list[str]:
    """Every body to choose from, in dictionary order. One query."""
    pairs = Agency.objects.order_by("sort_name", "code").values_list("name", "code")
    return [f"{name}{_APART}{code}" for name, code in pairs]


def agencies_called(text: str) -> list[Agency]:
    """The bodies that a label, a code or a whole name means, accents and capitals as one likes."""
    code = text.rpartition(_APART)[2].strip()
    exact = Agency.objects.filter(code=code)
    if exact:
        return list(exact)
    folded = fold(text)
    if not folded:
        return []
    named = Q(pk__in=AgencyName.objects.filter(search_name=folded).values("agency"))
    near = Agency.objects.filter(named | Q(search_name__contains=folded)).order_by("sort_name", "code")
    return [agency for agency in near if folded in _whole_names(agency)] or list(near.filter(named))


def _whole_names(agency: Agency) -> set[str]:
    return {fold(agency.name), fold(agency.short_name)}


def children_of(agency: Agency, on: date) -> QuerySet[Agency]:
    """Bodies below this one that exist on a day."""
    return agency.children.filter(in_force(on))


def supposed_successor(agency: Agency) -> dict[str, object]:
    """What is supposed but not proven of a body that ended, to begin a form with."""
    first: dict[str, object] = {"on": agency.valid_to + timedelta(days=1)} if agency.valid_to else {}
    supposed = (
        agency.later_reorganisations.filter(KNOWN, is_proven=False).prefetch_related("successors").first()
    )
    if supposed is None:
        return first
    heirs = "\n".join(agency_label(heir) for heir in supposed.successors.all())
    return {
        **first,
        "kind": supposed.kind,
        "decision": supposed.decision,
        "successors": heirs,
        "note": supposed.note,
    }
