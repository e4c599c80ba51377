"""Who carries on whom, and what a decision moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from loa.core import clock
from loa.core.access import permits
from loa.directory.models import (
    Agency,
    HandOver,
    Membership,
    Reorganisation,
    ReorganisationDecision,
    Succession,
)

if TYPE_CHECKING:
    from loa.directory.models import User


def itself_and_predecessors(agency: Agency) -> QuerySet[Agency, Any]:
    """A body and those it carries on, hops included, for `agency__in`: a part of the caller's query."""
    carried_on = Succession.objects.filter(successor=agency.pk).values("predecessor")
    return Agency.objects.filter(Q(pk=agency.pk) | Q(pk__in=carried_on)).order_by().values("pk")


def itself_and_left_to(agency: Agency) -> QuerySet[Agency, Any]:
    """A body and those that ended whose open matters it answers for: of a split body only one does."""
    answers_for = Succession.objects.filter(
        successor=agency.pk, is_default=True, predecessor__valid_to__lt=clock.today()
    )
    own = Q(pk=agency.pk) | Q(pk__in=answers_for.values("predecessor"))
    return Agency.objects.filter(own).order_by().values("pk")


def successor_of(agency: Agency) -> Agency | None:
    """Who answers for what a body that ended has left open, while it exists itself."""
    rows = Succession.objects.filter(predecessor=agency, is_default=True).select_related("successor")
    today = clock.today()
    present = [row for row in rows if row.successor.valid_to is None or row.successor.valid_to >= today]
    return max(present, key=lambda row: (row.on, row.pk)).successor if present else None


def decisions_visible_to(user: User) -> QuerySet[ReorganisationDecision]:
    """Prepared by the administrator; what was applied is told to everybody who acts for a body."""
    rows = ReorganisationDecision.objects.all()
    if permits(user, "directory.manage_directory"):
        return rows
    return rows.filter(state="applied") if permits(user, "directory.see_directory") else rows.none()


def acts_visible_to(user: User) -> QuerySet[Reorganisation]:
    """The acts of decisions, the administrator's to prepare."""
    rows = Reorganisation.objects.filter(decided_by__isnull=False)
    return rows if permits(user, "directory.manage_directory") else rows.none()


def memberships_moved_by(act: Reorganisation) -> QuerySet[Membership]:
    """The roles in the bodies that an act is about, as far as they reach its day."""
    rows = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=act.on), agency__in=act.predecessors.all()
    )
    return rows.select_related("user", "agency").order_by("agency__sort_name", "user__sort_name", "pk")


def places_of_people(act: Reorganisation) -> list[Agency]:
    """Where roles may go on: the successors, and a body that hands over a function only."""
    heirs = list(act.successors.all())
    return [*act.predecessors.all(), *heirs] if act.kind == Reorganisation.Kind.TRANSFER else heirs


def default_place(act: Reorganisation) -> Agency | None:
    """Where a role goes on that nobody said anything of."""
    return act.predecessors.first() if act.kind == Reorganisation.Kind.TRANSFER else act.heir


def hand_overs_visible_to(user: User) -> QuerySet[HandOver]:
    """The administrator sees all, rehearsals included; a body what it gave, received or inherits."""
    rows = HandOver.objects.select_related("decision", "predecessor", "successor")
    if permits(user, "directory.manage_directory"):
        return rows
    if user.hat is None:
        return rows.none()
    own = itself_and_predecessors(user.hat.agency)
    return rows.filter(Q(predecessor__in=own) | Q(successor__in=own), is_rehearsal=False)
