"""Where in the tree of pages a person works: the site of the hat's agency, without anybody else's site in it.

No grant is stored for an agency: the territory follows from the hat and is worked out once for each request, in
two queries however many agencies have a site.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page

from loa.directory.models import Agency
from loa.portal.models import AgencySite, CityHome, SiteHome
from loa.portal.rules.newsroom import NEWSROOM

# what the roles may do with pages of their own territory, in Wagtail's words
ACTIONS: dict[str, frozenset[str]] = {
    "contributor": frozenset({"add"}),
    "editor": frozenset({"add", "change", "lock", "unlock"}),
    "approver": frozenset({"add", "change", "lock", "unlock", "publish"}),
}
_CACHE = "_portal_territory"


@dataclass(frozen=True, slots=True)
class Territory:
    """`home` is the agency's site. Of the city's site only what belongs to no component site: itself and `parts`."""

    agency: Agency | None = None
    home: SiteHome | None = None
    parts: tuple[Page, ...] = ()
    actions: frozenset[str] = frozenset()
    city: Agency | None = None
    roles: frozenset[str] = field(default_factory=frozenset)

    def covers(self, path: str) -> bool:
        if self.home is None:
            return False
        return path == self.home.path or any(path.startswith(part.path) for part in self.parts)

    def within(self) -> Q:
        """The pages of the territory, as ranges of their path."""
        if self.home is None:
            return Q(pk__in=[])
        found = Q(pk=self.home.pk)
        for part in self.parts:
            found |= Q(path__range=(part.path, part.path + "Z" * 4))
        return found

    @property
    def is_citys(self) -> bool:
        return self.home is not None and self.city is not None and self.home.agency_id == self.city.pk


NOWHERE = Territory()


def territory_of(user: Any) -> Territory:
    """The territory of the worn hat; kept with the person for as long as the request lives."""
    hat = getattr(user, "hat", None)
    if hat is None or not user.is_active:
        return NOWHERE
    kept = getattr(user, _CACHE, None)
    if kept is None or kept[0] != (hat.agency.pk, hat.roles):
        kept = ((hat.agency.pk, hat.roles), _worked_out(hat))
        setattr(user, _CACHE, kept)
    return kept[1]


def _worked_out(hat: Any) -> Territory:
    homes = list(
        SiteHome.objects.filter(Q(agency=hat.agency) | Q(cityhome__isnull=False)).select_related("agency")
    )
    works_here = hat.holds(*NEWSROOM)
    own = next((home for home in homes if works_here and home.agency_id == hat.agency.pk), None)
    citys = next((home for home in homes if home.depth == 2), None)  # under the root stands the city alone
    actions = frozenset[str]().union(*(ACTIONS.get(role, frozenset()) for role in hat.roles))
    return Territory(
        agency=hat.agency,
        home=own,
        parts=_parts(own),
        actions=actions,
        city=citys.agency if citys else None,
        roles=hat.roles,
    )


def _parts(home: SiteHome | None) -> tuple[Page, ...]:
    if home is None:
        return ()
    if home.depth > 2:
        return (home,)
    return tuple(Page.objects.child_of(home).not_exact_type(AgencySite).order_by("path"))


def agency_of_page(page: Page) -> Agency | None:
    """Whose page it is: that of the nearest site above it, or of itself. One query."""
    steplen = Page.steplen
    above = [page.path[:end] for end in range(steplen, len(page.path) + 1, steplen)]
    home = SiteHome.objects.filter(path__in=above).select_related("agency").order_by("-path").first()
    return home.agency if home else None


def city_agency() -> Agency | None:
    home = CityHome.objects.select_related("agency").first()
    return home.agency if home else None


def pages_of(user: Any) -> QuerySet[Page]:
    """Every page of a person's territory."""
    return Page.objects.filter(territory_of(user).within())
