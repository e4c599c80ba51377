"""Who sees which cases on the staff side. What is published anybody reads at its public address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.directory.models import Agency, in_force
from loa.directory.queries import itself_and_predecessors
from loa.feedback.models import (
    AnswerTemplate,
    Case,
    CaseClock,
    CaseFile,
    CaseMove,
    CaseShare,
    Denunciation,
    IntakeDesk,
    RefusalGround,
    RoutingRule,
    Subject,
)
from loa.feedback.rules import READERS


def cases_visible_to(user: Any) -> QuerySet[Case]:
    """The intake sees what it took in; an agency what it has, had, gave its part to or wrote down for somebody.

    The city's leadership reads all. What is kept apart as a denunciation is in nobody's list.
    """
    rows = Case.objects.exclude(state="isolated")
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READERS, "contributor", "editor"):
        return rows.none()
    if hat.holds("leader") and hat.agency.kind == Agency.Kind.PEOPLES_COMMITTEE:
        return rows
    own = itself_and_predecessors(hat.agency)
    if not hat.holds(*READERS):
        return rows.filter(entered_by=user)
    moved = CaseMove.objects.filter(Q(target__in=own) | Q(source__in=own), case=OuterRef("pk"))
    shared = CaseShare.objects.filter(agency__in=own, case=OuterRef("pk"))
    return rows.filter(
        Q(intake__in=own) | Q(agency__in=own) | Q(entered_for__in=own) | Exists(moved) | Exists(shared)
    )


def shares_visible_to(user: Any) -> QuerySet[CaseShare]:
    return CaseShare.objects.filter(case__in=cases_visible_to(user).order_by()).select_related(
        "case", "agency"
    )


def files_visible_to(user: Any) -> QuerySet[CaseFile]:
    return CaseFile.objects.filter(case__in=cases_visible_to(user).order_by())


def running_clocks() -> QuerySet[CaseClock]:
    """What is owed now, in any case."""
    return CaseClock.objects.filter(stopped_on__isnull=True).select_related("case__agency", "case__intake")


def clocks_visible_to(user: Any) -> QuerySet[CaseClock]:
    return CaseClock.objects.filter(case__in=cases_visible_to(user).order_by())


def denunciations_visible_to(user: Any) -> QuerySet[Denunciation]:
    """The named officer's alone, whatever hat is worn."""
    if not getattr(user, "is_authenticated", False):
        return Denunciation.objects.none()
    return Denunciation.objects.filter(officer=user)


def routing_visible_to(user: Any) -> QuerySet[RoutingRule]:
    """The rules of the own desk; an administrator keeps those of every desk."""
    hat = getattr(user, "hat", None)
    rows = RoutingRule.objects.select_related("subject", "place", "agency", "intake")
    if hat is None:
        return rows.none()
    return rows if hat.holds("administrator") else rows.filter(intake=hat.agency)


def desks_visible_to(user: Any) -> QuerySet[IntakeDesk]:
    hat = getattr(user, "hat", None)
    rows = IntakeDesk.objects.select_related("agency", "denunciation_officer")
    if hat is None:
        return rows.none()
    return rows if hat.holds("administrator") else rows.filter(agency=hat.agency)


def templates_visible_to(user: Any) -> QuerySet[AnswerTemplate]:
    hat = getattr(user, "hat", None)
    return AnswerTemplate.objects.filter(agency=hat.agency) if hat else AnswerTemplate.objects.none()


def desks_on(day: date) -> QuerySet[IntakeDesk]:
    """The intake desks of a day, the main one first."""
    rows = IntakeDesk.objects.filter(in_force(day)).select_related("agency", "denunciation_officer")
    return rows.order_by("-is_main", "pk")


def main_desk(day: date) -> IntakeDesk | None:
    """Where the public form leads; none where the city has not set one up."""
    return desks_on(day).first()


def grounds_on(day: date) -> QuerySet[RefusalGround]:
    """The lawful grounds to refuse on a day."""
    return RefusalGround.objects.filter(in_force(day))


def subjects_on(day: date) -> QuerySet[Subject]:
    return Subject.objects.filter(in_force(day))
