"""Who carries on whom, and what a decision moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from loa.core import clock
from loa.core.access import permits
from loa.directory.models import Agency, HandOver, ReorganisationDecision, Succession

if TYPE_CHECKING:
    from loa.directory.models import User


def itself_and_predecessors(agency: Agency) -> QuerySet[Agency]:
    """A body and those it carries on, hops included, for `agency__in`: a part of the caller's query."""
    carried_on = Succession.objects.filter(successor=agency.pk).values("predecessor")
    return Agency.objects.filter(Q(pk=agency.pk) | Q(pk__in=carried_on)).order_by().values("pk")


def itself_and_left_to(agency: Agency) -> QuerySet[Agency]:
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


def hand_overs_visible_to(user: User) -> QuerySet[HandOver]:
    """The administrator sees all, rehearsals included; a body what it gave, received or inherits."""
    rows = HandOver.objects.select_related("decision", "predecessor", "successor")
    if permits(user, "directory.manage_directory"):
        return rows
    if user.hat is None:
        return rows.none()
    own = itself_and_predecessors(user.hat.agency)
    return rows.filter(Q(predecessor__in=own) | Q(successor__in=own), is_rehearsal=False)
