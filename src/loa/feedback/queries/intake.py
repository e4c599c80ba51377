"""What waits for the intake, and how good its suggestions were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from loa.feedback.models import Case, CaseClock, LearnedCase, Suggestion
from loa.feedback.queries.visible import cases_visible_to
from loa.feedback.states import INTAKE_STATES


def waiting_for(user: Any) -> QuerySet[Case]:
    """Cases that the own desk must classify or send, what is due first on top; `classify_due` is that clock's day."""
    hat = getattr(user, "hat", None)
    if hat is None:
        return Case.objects.none()
    clocks = CaseClock.objects.filter(case=OuterRef("pk"), stopped_on__isnull=True)
    rows = cases_visible_to(user).filter(intake=hat.agency, state__in=INTAKE_STATES)
    rows = rows.annotate(
        classify_due=Subquery(
            clocks.filter(kind__in=("classify", "transfer")).order_by("due_on").values("due_on")[:1]
        )
    )
    return rows.order_by(F("classify_due").asc(nulls_last=True), "received_at", "pk")


def next_waiting(user: Any, *, after: Case | None = None) -> Case | None:
    """The case to look at next: the first of the queue that is not the one just left."""
    rows = waiting_for(user)
    return (rows.exclude(pk=after.pk) if after else rows).first()


@dataclass(frozen=True, slots=True)
class Quality:
    """Of the cases sent in some time: how many had a suggestion, and how many decisions followed it."""

    decided: int
    ruled: int  # a rule had an answer
    rule_followed: int
    learned: int  # past cases had one
    first_followed: int
    shown_followed: int  # among the suggestions shown
    subject_shown: int
    subject_followed: int


def quality(intake: Any, *, since: date, until: date) -> Quality:
    """Counted from real decisions, both days included. One query."""
    rows = Suggestion.objects.filter(case__intake=intake, at__date__gte=since, at__date__lte=until)
    counted = rows.aggregate(
        decided=Count("pk"),
        ruled=Count("pk", filter=Q(rule_agency__isnull=False)),
        rule_followed=Count("pk", filter=Q(rule_agency=F("chosen_agency"))),
        learned=Count("pk", filter=Q(agency__isnull=False)),
        first_followed=Count("pk", filter=Q(agency=F("chosen_agency"))),
        shown_followed=Count("pk", filter=Q(was_shown=True)),
        subject_shown=Count("pk", filter=Q(subject__isnull=False)),
        subject_followed=Count("pk", filter=Q(subject=F("chosen_subject"))),
    )
    return Quality(**counted)


def changed_suggestions(intake: Any, *, since: date, until: date) -> QuerySet[Suggestion]:
    """Decisions that went another way than the surest suggestion, the latest first: what there is to learn."""
    rows = Suggestion.objects.filter(case__intake=intake, at__date__gte=since, at__date__lte=until)
    rows = rows.filter(agency__isnull=False).exclude(agency=F("chosen_agency"))
    return rows.select_related("case", "agency", "chosen_agency", "by").order_by("-at")


def learned_count() -> int:
    """How many answered cases the suggestions rest on."""
    return LearnedCase.objects.count()
