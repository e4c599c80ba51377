"""Estimates that wait for a person: to be written, signed, gathered, appraised, decided, closed."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from loa.budgets.models import Estimate
from loa.budgets.rules import DECIDERS, MANAGERS, RECORDERS, WORKERS


def estimates_waiting_for(user: Any) -> QuerySet[Estimate]:
    """What this person can move now, under the hat that is worn. One query when it is read."""
    hat = user.hat
    if hat is None:
        return Estimate.objects.none()
    waiting = Q(pk__in=[])
    agency = hat.agency.pk
    if hat.holds(*WORKERS):
        waiting |= Q(agency=agency, state__in=("draft", "returned"))
    if hat.holds("head"):
        waiting |= Q(agency=agency, state="with_head")
    if hat.holds(*MANAGERS):
        waiting |= Q(budget__coordinator=agency, state__in=("submitted", "consolidated", "appraised"))
        waiting |= _appraised_by(agency, "money") & Q(state="settled")
    if hat.holds(*WORKERS):
        for side in ("content", "money"):
            open_side = Q(state="in_appraisal", **{f"{side}_done_at__isnull": True})
            waiting |= _appraised_by(agency, side) & open_side
    decides = Q(pk__in=[])
    if hat.holds(*DECIDERS):
        decides |= Q(budget__approver=agency)
    if hat.holds(*RECORDERS):
        decides |= Q(budget__office=agency)
    waiting |= decides & Q(state="with_committee")
    return Estimate.objects.filter(waiting).order_by("submitted_at", "pk")


def _appraised_by(agency: int, side: str) -> Q:
    """Estimates of which an agency appraises a side (as Estimate.appraiser_id says)."""
    mine, other = (
        f"budget__{side}_appraiser",
        f"budget__{'money' if side == 'content' else 'content'}_appraiser",
    )
    plain = Q(**{mine: agency}) & ~Q(agency=agency)
    own_of_body = Q(agency=F(mine))
    instead = Q(budget__stand_in=agency) | Q(budget__stand_in__isnull=True, **{other: agency})
    return plain | (own_of_body & instead & ~Q(agency=agency))


def own_estimate(user: Any, budget: Any) -> Estimate | None:
    if not user.hat:
        return None
    return Estimate.objects.filter(budget=budget, agency=user.hat.agency).first()
