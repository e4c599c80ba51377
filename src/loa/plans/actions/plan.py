from __future__ import annotations

from loa.core.models import Entry
from loa.directory.models import User
from loa.plans.models import Plan
from loa.plans.states import PLAN


def close_plan(plan: Plan, *, note: str, by: User) -> Entry:
    """The coordinator's head ends the plan: what is open stays as it is and moves no more."""
    return PLAN.take(plan, "close", by=by, note=note)
