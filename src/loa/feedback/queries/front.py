"""What the first page of feedback says: time limits of the day, and how the city keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count

from loa.core.legal import RuleInForce
from loa.feedback.models import Rating
from loa.feedback.queries.asking import rule_if_any
from loa.feedback.queries.figures import Period, all_figures

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
    """Two queries. A case that was merged, refused, guided or withdrawn owes no answer and is not counted."""
    since = today - YEAR
    told = all_figures(Period(since, today))
    ratings = Rating.objects.filter(at__date__gte=since).aggregate(stars=Avg("stars"), count=Count("pk"))
    return PublicFigures(
        received=told.received,
        answered=told.answered,
        overdue=told.overdue,
        on_time_percent=told.on_time_percent,
        stars=round(ratings["stars"], 1) if ratings["stars"] else None,
        rated=ratings["count"],
    )


def complaint_rules(day: date) -> dict[str, RuleInForce | None]:
    """The time limits of the Law on Complaints: to file, to accept, to settle first and second."""
    return {name: rule_if_any(f"complaint.{name}", day) for name in ("filing", "accept", "first", "second")}


def denunciation_rules(day: date) -> dict[str, RuleInForce | None]:
    return {name: rule_if_any(f"denunciation.{name}", day) for name in ("accept", "settle")}
