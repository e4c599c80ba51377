"""What gatherings bring to a desk: to approve, to announce, to conclude; names to give, a place on a panel to confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from loa.directory.models import User
from loa.events.queries import (
    events_waiting_for,
    invitations_waiting_for,
    panels_waiting_for,
    papers_waiting_for,
)

SHOWN = 50


def event_items(user: User, _hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "event", "event_paper", "invitation" and "panel". Four queries."""
    for row in events_waiting_for(user)[:SHOWN]:
        due_on = row.conclusion_due_on if row.state == "ended" else None
        yield make("event", row, row.title, row.get_absolute_url(), row.agency.name, "", due_on)
    for paper in papers_waiting_for(user)[:SHOWN]:
        yield make("event_paper", paper, str(paper), paper.get_absolute_url(), paper.event.agency.name)
    for invitation in invitations_waiting_for(user)[:SHOWN]:
        event = invitation.event
        yield make(
            "invitation", invitation, event.title, invitation.get_absolute_url(), event.agency.name, "",
            event.nominations_due_on,
        )  # fmt: skip
    for place in panels_waiting_for(user)[:SHOWN]:
        event = place.event
        yield make("panel", place, event.title, event.get_absolute_url(), event.agency.name)
