"""Routing rules: the first that fits says where a case goes, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loa.directory.models import Agency, in_force
from loa.feedback.models import RoutingRule, Subject


@dataclass(frozen=True, slots=True)
class Routed:
    """The rule that takes a case, the agency it leads to, and what made it fit."""

    rule: RoutingRule
    agency: Agency
    why: list[str]


def rules_of(intake: Agency, on: date) -> QuerySet[RoutingRule]:
    rows = RoutingRule.objects.filter(in_force(on), intake=intake)
    return rows.select_related("subject", "place", "agency").order_by("rank", "pk")


def routed(
    *, intake: Agency, kind: str, subject: Subject | None, commune: Agency | None, on: date
) -> Routed | None:
    """The first rule in force that fits, in their order; none where no rule does. A fixed number of queries.

    A rule without a target leads to the commune of the case; of a case that names none it says nothing.
    """
    places = _places(commune)
    for rule in rules_of(intake, on):
        agency = rule.agency or commune
        if agency is None or (agency.valid_to and agency.valid_to < on):
            continue
        if _fits(rule, kind, subject, places):
            return Routed(rule, agency, why_of(rule))
    return None


def _fits(rule: RoutingRule, kind: str, subject: Subject | None, places: set[int]) -> bool:
    return (
        (not rule.kind or rule.kind == kind)
        and (rule.subject_id is None or (subject is not None and rule.subject_id == subject.pk))
        and (rule.place_id is None or rule.place_id in places)
    )


def _places(commune: Agency | None) -> set[int]:
    """The commune and every body above it."""
    places: set[int] = set()
    while commune is not None and commune.pk not in places:
        places.add(commune.pk)
        commune = commune.parent
    return places


def why_of(rule: RoutingRule) -> list[str]:
    """What a rule asks for, in words."""
    why = []
    if rule.kind:
        why.append(_("kind: %(what)s") % {"what": rule.get_kind_display()})
    if rule.subject:
        why.append(_("subject: %(what)s") % {"what": rule.subject})
    if rule.place:
        why.append(_("place: %(what)s") % {"what": rule.place})
    return why or [_("every case that no earlier rule matches")]
