"""Printed names of bodies, and the members of groups as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from loa.core.text import fold
from loa.directory.matching import Candidate, Match, decided, expand, match
from loa.directory.models import Agency, AgencyGroup, AgencyName, GroupMember, in_force

GROUP = "group:"


@dataclass(frozen=True, slots=True)
class Named:
    """What a printed name may mean: the decided code, or suggestions to choose from.

    A code is an agency's, or "group:<code>" of a group.
    """

    printed: str
    decided: Match | None
    suggestions: list[Match]


class Names:
    """All names in use on a day. Three queries, then any number of printed names."""

    def __init__(self, on: date) -> None:
        agencies = {agency.pk: agency for agency in Agency.objects.filter(in_force(on))}
        names: dict[int, list[str]] = {pk: [a.name, a.short_name] for pk, a in agencies.items()}
        self._remembered: dict[str, str] = {}
        for row in AgencyName.objects.filter(in_force(on), agency__in=agencies.keys()):
            names[row.agency_id].append(row.name)
            if row.kind == AgencyName.Kind.CORRECTION:
                self._remembered[row.name] = agencies[row.agency_id].code
        groups = AgencyGroup.objects.all()
        self._candidates = [
            Candidate(agency.code, tuple(filter(None, names[pk]))) for pk, agency in agencies.items()
        ] + [Candidate(f"{GROUP}{group.code}", (group.name, *group.aliases)) for group in groups]
        self._by_spelling: dict[str, list[Candidate]] = {}
        for candidate in self._candidates:
            for name in dict.fromkeys(map(_spelling, candidate.names)):
                self._by_spelling.setdefault(name, []).append(candidate)
        self._known: dict[str, Named] = {}

    def named(self, printed: str) -> Named:
        if printed not in self._known:
            matches = match(printed, self._likely(printed), self._remembered)
            self._known[printed] = Named(printed, decided(matches), matches)
        return self._known[printed]

    def _likely(self, printed: str) -> list[Candidate]:
        """Who is written just so, letter by letter; only other names are compared with everybody."""
        if printed in self._remembered or _spelling(printed) != fold(printed):
            return self._candidates
        return self._by_spelling.get(_spelling(printed)) or self._candidates


@lru_cache(maxsize=16_384)
def _spelling(name: str) -> str:
    """Abbreviations written out, accents and capitals gone."""
    return fold(expand(name))


def members_of(groups: Iterable[AgencyGroup], on: date) -> dict[int, list[Agency]]:
    """Each group's members on a day, by the group's pk. One query for all groups."""
    found: dict[int, list[Agency]] = {group.pk: [] for group in groups}
    rows = GroupMember.objects.filter(in_force(on), in_force(on, "agency__"), group__in=found.keys())
    for row in rows.select_related("agency").order_by("agency__sort_name"):
        found[row.group_id].append(row.agency)
    return found


def importing_agency(code: str) -> Agency | None:
    """Who imports from the command line: the body named, else the city's own committee."""
    if code:
        return Agency.objects.filter(code=code).first()
    committees = Agency.objects.filter(
        Q(parent__isnull=True), kind=Agency.Kind.PEOPLES_COMMITTEE, level=Agency.Level.CITY
    )
    return committees.order_by("pk").first()


def names_on(agency_ids: Iterable[int], day: date) -> dict[int, str]:
    """Official names as they were on a day, where the directory knows an older one. One query."""
    older = AgencyName.objects.filter(
        in_force(day), agency__in=list(agency_ids), kind=AgencyName.Kind.OFFICIAL, valid_to__isnull=False
    )
    return dict(older.values_list("agency", "name"))
