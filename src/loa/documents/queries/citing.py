"""Which public texts of other registers name documents: each app registers its own, once, from `ready`.

register_citing("plan", label=_("Plans"), rows=cited_plans, text=text_of_plan, url=..., agency=...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from loa.core import clock
from loa.core.access import permits
from loa.directory.models import Membership, User, in_force
from loa.documents.models import Citation, LegalDocument
from loa.documents.queries.legal import with_status_on

DEFAULT_ROLES = ("clerk", "editor")


@dataclass(frozen=True, slots=True)
class Citing:
    """The public texts of one register."""

    name: str
    label: Any  # lazy, for people
    rows: Callable[[], QuerySet[Any]]  # the public ones
    text: Callable[[Any], str]
    url: Callable[[Any], str]
    title: Callable[[Any], str]
    agency: Callable[[Any], int | None]  # id of the agency that answers for a row
    own: Callable[
        [Any], int | None
    ]  # id of the document whose text it is: that a paper bears its number cites nothing
    roles: Sequence[str]  # who is told there, in this order of preference


_sources: dict[str, Citing] = {}


def register_citing(
    name: str,
    *,
    rows: Callable[[], QuerySet[Any]],
    text: Callable[[Any], str],
    url: Callable[[Any], str],
    label: Any = "",
    title: Callable[[Any], str] = str,
    agency: Callable[[Any], int | None] = lambda _row: None,
    own: Callable[[Any], int | None] = lambda _row: None,
    roles: Sequence[str] = DEFAULT_ROLES,
) -> None:
    """Have the public texts of a register looked through; called again, the later call holds."""
    _sources[name] = Citing(name, label or name, rows, text, url, title, agency, own, roles)


def citing_sources() -> list[Citing]:
    return list(_sources.values())


def citing_named(name: str) -> Citing | None:
    return _sources.get(name)


def citations_visible_to(user: Any) -> QuerySet[Citation]:
    """Citations stand in public texts: whoever works with texts sees all of them."""
    if not permits(user, "documents.see_citations"):
        return Citation.objects.none()
    return Citation.objects.filter(source__in=list(_sources), legal__state="published")


def citations_on(rows: QuerySet[Citation], day: date) -> QuerySet[Any]:
    """Each with `status_code`: that of the cited document on a day. No further query."""
    status = with_status_on(LegalDocument.objects.filter(pk=OuterRef("legal")), day)
    rows = rows.annotate(status_code=Subquery(status.values("status_code")[:1]))
    return rows.select_related("legal__document", "agency").defer("legal__text", "legal__search_text")


def untold_citations(day: date) -> QuerySet[Citation]:
    """Citations of documents that have ended by a day, about which nobody was told yet."""
    ended = with_status_on(LegalDocument.objects.filter(state="published"), day).filter(status_code="ended")
    rows = Citation.objects.filter(told_on__isnull=True, source__in=list(_sources))
    return rows.filter(legal__in=ended.values("pk")).select_related("legal__document", "agency")


def people_answering_for(citation: Citation) -> list[User]:
    """Clerks and editors of the agency; where it has none, its focal points and heads."""
    source = citing_named(citation.source)
    wanted = [tuple(source.roles if source else DEFAULT_ROLES), ("focal_point", "head")]
    for roles in wanted:
        people = list(_holders(citation.agency_id, roles))
        if people:
            return people
    return []


def _holders(agency_id: int | None, roles: Iterable[str]) -> QuerySet[User]:
    held = Membership.objects.filter(in_force(clock.today()), Q(agency=agency_id), role__in=list(roles))
    return User.objects.filter(pk__in=held.values("user"), is_active=True)
