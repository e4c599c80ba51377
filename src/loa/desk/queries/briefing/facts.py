"""What a section of a briefing holds. JSON-ready, so that a pack keeps it as it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from loa.core.templatetags.ui import quantity
from loa.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Period:
    plan: Plan
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Fact:
    """`value` as it is printed; `source` says where it is from, `url` leads there."""

    label: str
    value: str
    source: str
    url: str

    def to_json(self) -> dict[str, str]:
        return {"label": self.label, "value": self.value, "source": self.source, "url": self.url}


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, key: str, title: str, facts: Iterable[Fact]) -> Section:
        return cls(key, title, tuple(facts))

    def to_json(self) -> dict[str, Any]:
        return {"key": self.key, "title": self.title, "facts": [fact.to_json() for fact in self.facts]}


def printed(value: Decimal | int | None, unit: str = "") -> str:
    """1.234,5 tin, bài; nothing known is a dash."""
    return "–" if value is None else f"{quantity(value)} {unit}".strip()
