"""What a decision would do or did, counted; and who could be in charge instead of a person who leaves."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet
from django.utils.translation import get_language

from loa.directory.models import HandOver, ReorganisationDecision, User
from loa.plans.models import Assignment
from loa.plans.states import OPEN_ASSIGNMENT_STATES


@dataclass(frozen=True, slots=True)
class EffectGroup:
    """Things of one kind that one thing happens to."""

    kind: str
    kind_key: str  # as filtered for
    how: str
    how_label: str
    count: int

    @property
    def is_refused(self) -> bool:
        return self.how == HandOver.How.REFUSED


def effects_of(decision: ReorganisationDecision) -> QuerySet[HandOver]:
    """What was moved, or before that what the last dry run showed."""
    rows = decision.hand_overs.filter(is_rehearsal=decision.state != "applied")
    return rows.select_related("predecessor", "successor")


def effect_groups(decision: ReorganisationDecision) -> list[EffectGroup]:
    """In the order in which they happen. One query."""
    rows = (
        effects_of(decision)
        .order_by()
        .values("kind_vi", "kind_en", "how")
        .annotate(count=Count("pk"), first=Min("position"))
        .order_by("first")
    )
    is_english = (get_language() or "").startswith("en")
    labels = dict(HandOver.How.choices)
    return [
        EffectGroup(
            kind=row["kind_en" if is_english else "kind_vi"],
            kind_key=row["kind_en"],
            how=row["how"],
            how_label=str(labels[row["how"]]),
            count=row["count"],
        )
        for row in rows
    ]


def charges_of(person: User) -> QuerySet[Assignment]:
    """Open work in a person's charge, over all agencies."""
    rows = Assignment.objects.filter(officer=person, state__in=OPEN_ASSIGNMENT_STATES)
    return rows.select_related("task", "plan", "agency").order_by("agency__sort_name", "due_on", "pk")
