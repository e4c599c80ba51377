"""A hat is an agency one acts for, with the roles held there today. One account may have several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.core import clock
from loa.directory.models import Agency, Delegation, Membership, in_force

if TYPE_CHECKING:
    from loa.directory.models import User


@dataclass(frozen=True, slots=True)
class Hat:
    agency: Agency
    roles: frozenset[str]
    acting_for: User | None = None  # the head who delegated, where the role of head is borrowed
    title: str = ""

    def holds(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def role_labels(self) -> list[str]:
        labels = dict(Membership.Role.choices)
        return [str(labels[role]) for role in Membership.Role.values if role in self.roles]


def hats_of(user: User) -> list[Hat]:
    """Hats worn today, in the order the memberships were given. Two queries, a third for whom something was lent."""
    day = clock.today()
    roles: dict[int, set[str]] = {}
    agencies: dict[int, Agency] = {}
    titles: dict[int, str] = {}
    givers: dict[int, User] = {}
    for membership in Membership.objects.filter(in_force(day), user=user).select_related("agency"):
        agencies[membership.agency_id] = membership.agency
        roles.setdefault(membership.agency_id, set()).add(membership.role)
        titles[membership.agency_id] = membership.title or titles.get(membership.agency_id, "")
    for delegation in lent_to(user, day):
        agencies.setdefault(delegation.agency_id, delegation.agency)
        roles.setdefault(delegation.agency_id, set()).add(Membership.Role.HEAD)
        givers[delegation.agency_id] = delegation.giver
    return [
        Hat(agency, frozenset(roles[key]), givers.get(key), titles.get(key, ""))
        for key, agency in agencies.items()
    ]


def lent_to(user: User, day: date) -> Iterable[Delegation]:
    """Every page asks this and few were lent anything: whether the giver is still head is asked for those alone."""
    if not Delegation.objects.filter(not_withdrawn(day), receiver=user).exists():
        return ()
    return delegations_on(day).filter(receiver=user).select_related("agency", "giver")


def delegations_on(day: date) -> QuerySet[Delegation]:
    """Delegations in force on a day whose giver is still head of the agency."""
    head_still = Membership.objects.filter(
        in_force(day), role=Membership.Role.HEAD, user=OuterRef("giver"), agency=OuterRef("agency")
    )
    return Delegation.objects.filter(Exists(head_still), not_withdrawn(day))


def not_withdrawn(day: date) -> Q:
    return Q(starts_on__lte=day, ends_on__gte=day, withdrawn_at__isnull=True)
