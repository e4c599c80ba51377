"""Networks of people: who sees them and how much of them, who belongs on a day.

The keeper's focal point and head read everything. Others in the keeper's agency, and a body for its own people,
read names with telephone and e-mail masked. Its superiors and whoever coordinates a plan read numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from loa.core.access import permits
from loa.core.text import fold
from loa.directory.models import Agency, Network, NetworkMember, in_force
from loa.directory.queries.succession import itself_and_left_to

if TYPE_CHECKING:
    from loa.directory.models import User

_overseers: list[Callable[[Any], bool]] = []


def register_overseer(is_overseer: Callable[[Any], bool]) -> None:
    """An app above says who reads the numbers of every network; once, from its `ready`."""
    if is_overseer not in _overseers:
        _overseers.append(is_overseer)


def networks_visible_to(user: User) -> QuerySet[Network]:
    if not permits(user, "directory.see_directory") or user.hat is None:
        return Network.objects.none()
    if permits(user, "directory.manage_directory") or any(asks(user) for asks in _overseers):
        return Network.objects.all()
    own = itself_and_left_to(user.hat.agency)
    below = Q(keeper__parent__in=own) | Q(keeper__parent__parent__in=own)
    sent = Exists(NetworkMember.objects.filter(network=OuterRef("pk"), agency__in=own))
    return Network.objects.filter(Q(keeper__in=own) | below | sent)


def network_members_visible_to(user: User) -> QuerySet[NetworkMember]:
    """Names: all for the keeper's agency, its own people for any other body."""
    if not permits(user, "directory.see_directory") or user.hat is None:
        return NetworkMember.objects.none()
    own = itself_and_left_to(user.hat.agency)
    return NetworkMember.objects.filter(Q(network__keeper__in=own) | Q(agency__in=own))


def network_members_on(network: Network, day: date) -> QuerySet[NetworkMember]:
    """Who belongs to a network on a day; nobody when the network itself is not in force."""
    rows = NetworkMember.objects.filter(in_force(day), in_force(day, "network__"), network=network)
    return rows.select_related("agency").order_by("sort_name", "pk")


def with_people_count(networks: QuerySet[Network], day: date) -> QuerySet[Network]:
    """Adds `people_count` and `agency_count`: how many belong on a day and of how many bodies."""
    present = in_force(day, "members__") & in_force(day)
    return networks.annotate(
        people_count=Count("members", filter=present, distinct=True),
        agency_count=Count("members__agency", filter=present, distinct=True),
    )


def people_counts(networks: Iterable[Network], day: date) -> dict[int, int]:
    """How many people belong to each network on a day, by its pk. One query."""
    wanted = [network.pk for network in networks]
    rows = NetworkMember.objects.filter(in_force(day), in_force(day, "network__"), network__in=wanted)
    return dict(rows.order_by().values_list("network").annotate(Count("pk")))


@dataclass(frozen=True, slots=True)
class AgencyCount:
    agency: str
    count: int


def people_by_agency(network: Network, day: date) -> list[AgencyCount]:
    """The numbers without the names: how many of which body."""
    rows = (
        network_members_on(network, day)
        .order_by("agency__sort_name", "agency")
        .values_list("agency__name")
        .annotate(Count("pk"))
    )
    return [AgencyCount(name, count) for name, count in rows]


def masked_phone(phone: str) -> str:
    """The last three digits alone: enough to tell two people of one name apart."""
    digits = [char for char in phone if char.isdigit()]
    return f"•••• {''.join(digits[-3:])}" if len(digits) > 5 else ("••••" if phone else "")


def masked_email(email: str) -> str:
    name, at, host = email.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else ""


def agencies_by_words() -> dict[str, list[Agency]]:
    """Code, name and short name, folded, of every body: for sheets. One query."""
    found: dict[str, list[Agency]] = {}
    for agency in Agency.objects.order_by("sort_name"):
        for words in {fold(agency.code), fold(agency.name), fold(agency.short_name)} - {""}:
            found.setdefault(words, []).append(agency)
    return found
