"""What the first page of feedback says: time limits of the day, and how the city keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, F, Q

from loa.core.legal import RuleInForce
from loa.feedback.models import Case, CaseClock, Rating
from loa.feedback.queries.asking import rule_if_any

YEAR = timedelta(days=365)
LIMITS = ("classify", "transfer", "answer", "update", "extension", "reopen", "retention")


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Of the last twelve months. On time = answered in time ÷ (answered + overdue), never ÷ answered alone."""

    received: int
    answered: int
    overdue: int
    on_time_percent: int | None
    stars: float | None
    rated: int


def limits_on(day: date) -> dict[str, RuleInForce | None]:
    return {name: rule_if_any(f"feedback.{name}", day) for name in LIMITS}


def public_figures(today: date) -> PublicFigures:
    """Three queries. A case that was merged, refused, guided or withdrawn owes no answer and is not counted."""
    since = today - YEAR
    clocks = CaseClock.objects.filter(kind="answer", is_void=False, case__received_at__date__gte=since)
    told = clocks.aggregate(
        met=Count("pk", filter=Q(stopped_on__isnull=False, stopped_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(stopped_on__gt=F("due_on"))),
        overdue=Count("pk", filter=Q(stopped_on__isnull=True, due_on__lt=today)),
    )
    owed = told["met"] + told["late"] + told["overdue"]
    ratings = Rating.objects.filter(at__date__gte=since).aggregate(stars=Avg("stars"), count=Count("pk"))
    return PublicFigures(
        received=Case.objects.exclude(state="isolated").filter(received_at__date__gte=since).count(),
        answered=told["met"] + told["late"],
        overdue=told["overdue"],
        on_time_percent=round(100 * told["met"] / owed) if owed else None,
        stars=round(ratings["stars"], 1) if ratings["stars"] else None,
        rated=ratings["count"],
    )


def complaint_rules(day: date) -> dict[str, RuleInForce | None]:
    """The time limits of the Law on Complaints: to file, to accept, to settle first and second."""
    return {name: rule_if_any(f"complaint.{name}", day) for name in ("filing", "accept", "first", "second")}


def denunciation_rules(day: date) -> dict[str, RuleInForce | None]:
    return {name: rule_if_any(f"denunciation.{name}", day) for name in ("accept", "settle")}
