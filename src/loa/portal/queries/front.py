"""What the first page shows of registers: how far public plans are, and which procedures changed."""

from __future__ import annotations

from typing import Any

from loa.core import clock
from loa.directory.models import Agency
from loa.portal.queries.transparency import public_plans, segments, truths
from loa.procedures.queries import recent_changes

SHOWN = 5


def running_plans(agency: Agency | None) -> dict[str, Any] | None:
    """Plans that are public and not closed, each with the line that tells the truth; on the city's page alone."""
    if agency is not None:
        return None
    plans = list(public_plans().filter(state="issued").order_by("-year", "-pk")[:2])
    told = truths(plans, clock.today())
    rows = [(plan, told[plan.pk], segments(told[plan.pk].tasks)) for plan in plans]
    return {"plans": rows} if rows else None


def newest_changes(agency: Agency | None) -> dict[str, Any] | None:
    """Procedures that were announced anew, changed or abolished; on a component site those of its agency."""
    changes = list(recent_changes(agency=agency)[:SHOWN])
    return {"changes": changes} if changes else None
