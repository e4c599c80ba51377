"""One proposal as a person looks through it: what it says, whom it names, what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.text import format_date
from loa.documents.models import Proposal

Json = dict[str, Any]
Kind = Proposal.Kind
SURE = 0.8
RECURRENCES = {
    "yearly": gettext_lazy("Yearly"),
    "quarterly": gettext_lazy("Quarterly"),
    "monthly": gettext_lazy("Monthly"),
    "weekly": gettext_lazy("Weekly"),
    "periodic": gettext_lazy("Periodically"),
    "once": gettext_lazy("Once"),
}
_TEXT_KEYS = {Kind.TASK: "content", Kind.RULE: "when", Kind.HEADER: "title"}  # any other kind: "text"


@dataclass(frozen=True, slots=True)
class Chip:
    """A printed name and what it means now."""

    printed: str
    name: str
    is_open: bool = False
    is_left_out: bool = False
    count: int | None = None  # members of a group


@dataclass(frozen=True, slots=True)
class Card:
    proposal: Proposal
    label: str
    text: str
    names: list[tuple[Any, list[Chip]]] = field(default_factory=list)  # (role, chips), leads first
    facts: list[tuple[Any, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)  # why a person should look at it
    has_place: bool = False
    may_merge: bool = False
    may_split: bool = False

    @property
    def key(self) -> str:
        return f"p{self.proposal.pk}"

    @property
    def leads(self) -> list[Chip]:
        return self.names[0][1] if self.names else []

    @property
    def due_on(self) -> date | None:
        return day_of(self.proposal.data.get("due_on"))

    @property
    def is_changed(self) -> bool:
        return self.proposal.data != self.proposal.found


@dataclass(frozen=True, slots=True)
class CardGroup:
    kind: str
    label: Any
    cards: list[Card]

    @property
    def kept_count(self) -> int:
        return sum(not card.proposal.is_dropped for card in self.cards)

    @property
    def checked_count(self) -> int:
        return sum(card.proposal.is_checked and not card.proposal.is_dropped for card in self.cards)


def text_key(kind: str) -> str:
    """Where the words of a proposal stand in its data."""
    return _TEXT_KEYS.get(Kind(kind), "text")


def text_of(row: Proposal) -> str:
    return row.data.get(text_key(row.kind)) or ""


def label_of(row: Proposal) -> str:
    """What people call it: "Task 5", or its kind and place in the list."""
    if row.kind == Kind.HEADER:
        return str(row.get_kind_display())
    number = row.data.get("no") if row.kind == Kind.TASK else row.data.get("label")
    return f"{row.get_kind_display()} {number or row.position + 1}"


def reasons(row: Proposal) -> Iterator[str]:
    """Why to look at it; nothing where somebody already has."""
    if not row.is_dropped and not row.is_checked and row.confidence < SURE:
        yield _("Read with doubt (%(percent)s%%).") % {"percent": round(row.confidence * 100)}


def cut_points(row: Proposal) -> list[tuple[int, str]]:
    """Where the text may be split: (offset, what would begin the second part). Lines, else sentences."""
    text = text_of(row)
    for sign in ("\n", ". ", "; "):
        found = [start + len(sign) for start in range(len(text)) if text.startswith(sign, start)]
        points = [at for at in found if text[:at].strip() and text[at:].strip()]
        if points:
            return [
                (at, text[at:end].strip()) for at, end in zip(points, [*points[1:], len(text)], strict=True)
            ]
    return []


def facts(data: Json) -> list[tuple[Any, str]]:
    """What is known of a proposal besides its words and names; what is not known is left out."""
    return [(label, value) for label, value in (*_task_facts(data), *_other_facts(data)) if value]


def _task_facts(data: Json) -> Iterator[tuple[Any, str]]:
    yield _("Due as printed"), data.get("due_text") or ""
    yield _("From"), _shown(data.get("starts_on"))
    yield (_("Before") if data.get("before") else _("Due")), _shown(data.get("due_on"))
    yield (
        _("Targets"),
        "; ".join(f"{item['quantity']:g} {item['unit']}" for item in data.get("targets") or []),
    )
    yield _("Product"), data.get("product") or ""
    yield _("Note"), data.get("note") or ""
    yield _("Carried over from"), str(data.get("carried_over_from") or "")
    for item in data.get("details") or []:
        yield item.get("label") or _("Detail"), item["text"]
    yield _("Occurrences"), "\n".join(_occurrence(item) for item in data.get("occurrences") or [])


def _other_facts(data: Json) -> Iterator[tuple[Any, str]]:
    yield _("Who reports"), data.get("who") or ""
    yield _("How often"), str(RECURRENCES.get(data.get("recurrence") or "", ""))
    yield _("Day and month"), "/".join(reversed((data.get("month_day") or "").split("-")))
    if "when" not in data and "content" not in data:
        yield _("Number"), data.get("number") or ""
        yield _("Issued on"), _shown(data.get("issued_on"))


def _occurrence(item: Json) -> str:
    when = " ".join(filter(None, (_shown(item.get("on")), item.get("time"))))
    return " – ".join(filter(None, (when, item["text"], ", ".join(item.get("lead") or []))))


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _shown(text: str | None) -> str:
    return format_date(date.fromisoformat(text)) if text else ""
