"""What the plan's year brings to a desk: guidance to acknowledge, plans to issue, amendments to issue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from loa.directory.models import User
from loa.plans.models import Amendment
from loa.plans.queries import own_sub_plans, receipts_visible_to, unacknowledged_receipts

SHOWN = 50
MANAGERS = ("focal_point", "head")


def year_items(user: User, hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "guidance", "question", "sub_plan" and "amendment". Four queries."""
    if hat.holds(*MANAGERS):
        yield from _guidance(user, hat, make)
    if hat.holds(*MANAGERS, "clerk"):
        yield from _sub_plans(user, make)
    if hat.holds("head", "clerk"):
        yield from _amendments(hat, make)


def _guidance(user: User, hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    for row in unacknowledged_receipts().filter(agency=hat.agency)[:SHOWN]:
        note = row.guidance
        yield make(
            "guidance", row, note.title, row.get_absolute_url(), row.agency.name, note.plan.number,
            note.acknowledge_by,
        )  # fmt: skip
    asked = receipts_visible_to(user).filter(
        state="questioned", guidance__state="sent", guidance__plan__coordinator=hat.agency
    )
    for row in asked[:SHOWN]:
        yield make(
            "question", row, row.question, row.get_absolute_url(), row.agency.name, row.guidance.plan.number
        )


def _sub_plans(user: User, make: Callable[..., Any]) -> Iterator[Any]:
    for row in own_sub_plans(user).filter(state="asked", demand__plan__state="issued")[:SHOWN]:
        plan = row.demand.plan
        yield make(
            "sub_plan", row, plan.title, row.get_absolute_url(), row.duty_assignment.agency.name, plan.number,
            row.demand.due_on,
        )  # fmt: skip


def _amendments(hat: Any, make: Callable[..., Any]) -> Iterator[Any]:
    """Drafts that list a change and may take effect: the head or the clerk issues them."""
    drafts = Amendment.objects.filter(
        plan__coordinator=hat.agency, plan__state="issued", state="draft", changes__isnull=False
    )
    for row in drafts.select_related("plan").distinct()[:SHOWN]:
        yield make("amendment", row, row.subject, row.get_absolute_url(), hat.agency.name, row.plan.number)
