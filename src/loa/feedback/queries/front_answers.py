"""What the first page of a site shows of answers."""

from __future__ import annotations

from typing import Any

from loa.directory.models import Agency
from loa.feedback.queries.register import newest_answers

SHOWN = 5


def front_answers(agency: Agency | None) -> dict[str, Any] | None:
    """The newest answers; on a component site those of its agency."""
    answers = list(newest_answers(agency)[:SHOWN])
    return {"answers": answers} if answers else None
