"""What the screens of a dialogue are told: the same fragment for everybody, a reference for the moderators.

A fragment is written in the installation's own language and names nobody: who asked is in it only where the asker
wished it. What a page shows at first and what comes live is made by the same templates.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from loa.core import live
from loa.events.models import Event
from loa.feedback.models import Poll, Question
from loa.feedback.queries.dialogue import open_polls
from loa.feedback.states import PUBLIC_QUESTIONS

LIKES_EVERY = 2  # seconds between two tellings of one question's likes


def topic(event: Event) -> str:
    """Everybody's."""
    return f"dialogue:{event.pk}"


def desk_topic(event: Event) -> str:
    """The moderators', the panel's and the chair's."""
    return f"moderation:{event.pk}"


def _fragment(template: str, **context: Any) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(template, context)


def question_fragment(question: Question) -> str:
    return _fragment("feedback/dialogue/question.html", question=question)


def tell_everybody(question: Question) -> None:
    """A question as it now is; one that is not public is told to nobody."""
    if question.state in PUBLIC_QUESTIONS:
        live.publish(topic(question.event), kind="question", data=question_fragment(question))


def tell_gone(question: Question) -> None:
    live.publish(topic(question.event), kind="remove", data=question.anchor)


def on_air_of(event: Event) -> Question | None:
    return (
        event.questions.filter(on_air_at__isnull=False).select_related("case__agency", "signed_for").first()
    )


def tell_on_air(event: Event, question: Question | None) -> None:
    """What the hall answers now, large."""
    data = _fragment("feedback/dialogue/on_air.html", question=question, event=event)
    live.publish(topic(event), kind="air", data=data)


def tell_likes(question: Question) -> None:
    """Not each like: one telling in a few seconds is enough for the eye, and spares five thousand screens."""
    if cache.add(f"likes-told:{question.pk}", 1, timeout=LIKES_EVERY):
        live.publish(topic(question.event), kind="question", data=question_fragment(question))


def polls_fragment(event: Event) -> str:
    return _fragment("feedback/dialogue/polls.html", polls=open_polls(event), event=event)


def tell_poll(poll: Poll) -> None:
    live.publish(topic(poll.event), kind="polls", data=polls_fragment(poll.event))


def tell_votes(poll: Poll) -> None:
    """As with likes: not each vote."""
    if cache.add(f"votes-told:{poll.pk}", 1, timeout=LIKES_EVERY):
        tell_poll(poll)


def tell_session(event: Event) -> None:
    """The session began, ended, was called off: the line at the top."""
    with transaction.atomic():
        live.publish(
            topic(event), kind="session", data=_fragment("feedback/dialogue/session.html", event=event)
        )
        live.publish(desk_topic(event), kind="session", data=event.state)
