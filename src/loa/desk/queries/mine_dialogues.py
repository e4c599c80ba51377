"""What dialogues bring to a desk: questions to let through, answers to sign, promises to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from loa.directory.models import User
from loa.feedback.queries import answers_to_sign, halls_waiting_for, promises_waiting_for

SHOWN = 50


def dialogue_items(user: User, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "hall", "answer_to_sign" and "promise". Three queries."""
    for event in halls_waiting_for(user).select_related("agency")[:SHOWN]:
        count: int = event.pending_count  # type: ignore[attr-defined]  # annotated by the query
        words = ngettext("%(n)d question waits", "%(n)d questions wait", count)
        url = f"{reverse('feedback:hall_desk', args=[event.pk])}?xem=pending"
        title = f"{words % {'n': count}}: {event.title}"
        yield make("hall", event, title, url, event.agency.name)
    for question in answers_to_sign(user)[:SHOWN]:
        title = str(question)
        yield make(
            "answer_to_sign", question, title, question.get_absolute_url(), question.event.title,
            question.case.code,
        )  # fmt: skip
    for promise in promises_waiting_for(user)[:SHOWN]:
        yield make(
            "promise", promise, promise.words, promise.get_absolute_url(), promise.agency.name,
            promise.event.title, promise.due_on,
        )  # fmt: skip
