"""Dialogues in figures: what was asked, answered and published, what was promised and kept. One definition for all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from loa.events.models import Event
from loa.events.queries import held_between
from loa.feedback.models import Promise, Question
from loa.feedback.queries.figures import Period
from loa.feedback.queries.register import public_answers
from loa.feedback.states import ANSWERED_STATES


def dialogues_held(period: Period) -> QuerySet[Event]:
    return held_between(*period.moments).filter(kind=Event.Kind.DIALOGUE)


def dialogue_questions(period: Period) -> dict[str, QuerySet[Question]]:
    """Of the dialogues held in a period: what was received, answered by its end (aloud, with another, or as a case
    afterwards), and what stands in the public register today. A denunciation is in none of them.
    """
    _first, after = period.moments
    held = dialogues_held(period).order_by().values("pk")
    rows = Question.objects.filter(event__in=held).exclude(case__state="isolated")
    rows = rows.select_related("case__subject", "event").order_by("event__began_at", "pk")
    aloud = Q(answered_at__lt=after) | Q(state="grouped", lead__answered_at__lt=after)
    later = Q(case__state__in=ANSWERED_STATES, case__answered_at__lt=after)
    return {
        "received": rows,
        "answered": rows.filter(aloud | later),
        "published": rows.filter(case__in=public_answers().order_by().values("case")),
    }


def promises_between(period: Period) -> dict[str, QuerySet[Promise]]:
    """What bodies promised in dialogues in a period, and what was kept in it; taken back ones count nowhere."""
    first, after = period.moments
    rows = Promise.objects.exclude(state="withdrawn").select_related("agency", "event")
    return {
        "made": rows.filter(made_at__gte=first, made_at__lt=after).order_by("made_at", "pk"),
        "kept": rows.filter(state="kept", kept_on__range=(period.first, period.last)).order_by(
            "kept_on", "pk"
        ),
    }
