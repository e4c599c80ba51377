"""How long a dialogue is set for and how long it has run, beside what the dated rule "dialogue.length" says.

It reminds and forbids nothing: a session with many questions may go on, one without ends earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from loa.core import clock
from loa.core.legal import MissingRuleError, rule_on
from loa.events.models import Event
from loa.events.states import BEFORE_IT

SOON = 10  # minutes before the longest


@dataclass(frozen=True, slots=True)
class Length:
    """In minutes."""

    minutes: int
    shortest: int
    longest: int
    legal_basis: str

    @property
    def is_short(self) -> bool:
        return self.minutes < self.shortest

    @property
    def is_long(self) -> bool:
        return self.minutes > self.longest

    @property
    def left(self) -> int:
        return self.longest - self.minutes

    @property
    def is_nearly_over(self) -> bool:
        return 0 <= self.left <= SOON

    @property
    def over(self) -> int:
        return self.minutes - self.longest


def set_length(event: Event) -> Length | None:
    """Of a dialogue before it is held, where what is set lies outside the rule; None where nothing is to be said."""
    if not event.is_dialogue or event.state not in BEFORE_IT:
        return None
    length = _length(event, event.ends_at - event.starts_at)
    return length if length and (length.is_short or length.is_long) else None


def run_length(event: Event, now: datetime) -> Length | None:
    """Of a dialogue that goes on."""
    if not event.is_dialogue or event.state != "running" or event.began_at is None:
        return None
    return _length(event, max(now - event.began_at, timedelta()))


def _length(event: Event, span: timedelta) -> Length | None:
    try:
        rule = rule_on("dialogue.length", clock.day_of(event.starts_at))
    except MissingRuleError:
        return None
    minutes = int(span.total_seconds() // 60)
    return Length(minutes, rule["shortest_minutes"], rule["longest_minutes"], rule.legal_basis)
