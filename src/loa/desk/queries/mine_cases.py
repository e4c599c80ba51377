"""What citizens' cases bring to a desk: what this person can move now, and parts of joint answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from loa.directory.models import User
from loa.feedback.queries import by_due, cases_waiting_for, shares_waiting_for

SHOWN = 50


def case_items(user: User, make: Callable[..., Any]) -> Iterator[Any]:
    """Matters of the kinds "case" and "case_share". Two queries."""
    for row in by_due(cases_waiting_for(user)).select_related("agency", "intake")[:SHOWN]:
        whose = row.agency or row.intake
        yield make("case", row, row.title, row.get_absolute_url(), whose.name, row.code, row.due_on)
    for share in shares_waiting_for(user)[:SHOWN]:
        whose = share.case.agency or share.agency
        yield make(
            "case_share", share, share.question, share.get_absolute_url(), whose.name, share.case.code,
            share.due_on,
        )  # fmt: skip
