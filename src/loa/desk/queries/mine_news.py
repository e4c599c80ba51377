"""What the newsroom brings to a desk: stories at one's stage, what came back, what to write, what was published urgently."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from loa.core import clock
from loa.directory.models import User
from loa.portal.queries.assignments import news_assignments_visible_to
from loa.portal.queries.contributions import returned_to
from loa.portal.queries.newsroom import urgent_visible_to
from loa.portal.queries.stages import waiting_at_stages
from loa.portal.states import OPEN_NEWS_STATES

SHOWN = 50


def news_items(user: User, hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "story", "returned_story", "news_assignment" and "urgent"."""
    if hat.holds("editor", "approver", "head"):
        yield from _stories(user, make)
    if hat.holds("contributor", "editor", "approver"):
        yield from _to_write(user, hat, make)
    if hat.holds("approver"):
        for row in urgent_visible_to(user).filter(state="open", agency=hat.agency).exclude(by=user)[:SHOWN]:
            yield make("urgent", row, row.title, row.get_absolute_url(), row.agency.name, "", row.due_on)


def _stories(user: User, make: Callable[..., Any]) -> Iterator[Any]:
    for state in waiting_at_stages(user)[:SHOWN]:
        yield make(
            "story",
            state,
            state.revision.object_str,
            reverse("wagtailadmin_pages:edit", args=[state.workflow_state.object_id]),
            state.task.name,
            since=clock.day_of(state.started_at),
        )


def _to_write(user: User, hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    rows = news_assignments_visible_to(user).filter(reporter=user, state__in=OPEN_NEWS_STATES)
    for row in rows[:SHOWN]:
        yield make("news_assignment", row, row.title, row.get_absolute_url(), row.agency.name, "", row.due_on)
    for row, address in returned_to(user)[:SHOWN]:
        yield make("returned_story", row, row.title, address, hat.agency.name)
