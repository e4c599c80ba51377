"""What a plan prints, as plain data: how a task, a duty or a rule reads, and what differs between two readings.

A reading of a task: {"no", "content", "product", "due_text", "due_on", "is_before", "note", "lead",
"coordinating", "targets"}; bodies are [{"printed", "code"}] (an agency's code, "group:…" or ""), targets
[{"quantity", "unit"}], days ISO or "". A duty: {"body", "code", "text"}. A rule: {"who", "to", "when_text",
"recurrence", "month_day", "is_before", "due_on"}.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.templatetags.ui import quantity
from loa.core.text import format_date
from loa.directory.queries import GROUP
from loa.plans.models import Duty, ReportingRule, Task, TaskBody

Json = dict[str, Any]
TASK_ROLES = ("lead", "coordinating")
NAMES = {
    "no": _("No."),
    "content": pgettext_lazy("of a plan", "Task"),
    "product": _("Product"),
    "lead": _("Lead agency"),
    "coordinating": _("Coordinating agency"),
    "due_text": _("Due, as printed"),
    "due_on": _("Due"),
    "is_before": _("Before that day"),
    "targets": _("Targets"),
    "note": _("Note"),
    "body": _("Body"),
    "text": _("Standing duty"),
    "who": _("Who reports"),
    "to": _("Reports to"),
    "when_text": _("When, as printed"),
    "recurrence": _("How often"),
    "month_day": _("Day of the year"),
}
RECURRENCES = {
    "weekly": _("Weekly"),
    "monthly": _("Monthly"),
    "quarterly": _("Quarterly"),
    "periodic": _("Periodically"),
    "yearly": _("Yearly"),
    "once": _("Once"),
}
_WORD = re.compile(r"\s+|\S+")


def printed_task(task: Task) -> Json:
    """Reads its bodies and targets: prefetch them for many."""
    bodies = list(task.bodies.all())
    return {
        "no": task.no,
        "content": task.content,
        "product": task.product,
        "lead": [_body(row) for row in bodies if row.role == "lead"],
        "coordinating": [_body(row) for row in bodies if row.role == "coordinating"],
        "due_text": task.due_text,
        "due_on": _iso(task.due_on),
        "is_before": task.is_due_before,
        "targets": [
            {"quantity": f"{row.quantity.normalize():f}", "unit": row.unit}
            for row in sorted(task.targets.all(), key=lambda row: row.pk)
        ],
        "note": task.note,
    }


def printed_duty(duty: Duty) -> Json:
    code = duty.agency.code if duty.agency else f"{GROUP}{duty.group.code}" if duty.group else ""
    return {"body": duty.printed_body, "code": code, "text": duty.text}


def printed_rule(rule: ReportingRule) -> Json:
    return {
        "who": rule.who,
        "to": rule.to.name if rule.to else rule.to_text,
        "when_text": rule.when_text,
        "recurrence": rule.recurrence,
        "month_day": rule.month_day,
        "is_before": rule.is_before,
        "due_on": _iso(rule.due_on),
    }


def _body(row: TaskBody) -> Json:
    code = row.agency.code if row.agency else f"{GROUP}{row.group.code}" if row.group else ""
    return {"printed": row.printed, "code": code}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stand in both texts, or in one of them only."""

    text: str
    kind: str  # "same", "gone", "new"


@dataclass(frozen=True, slots=True)
class Difference:
    name: Any
    before: str
    after: str
    pieces: list[Piece]


def differences(before: Json, after: Json) -> list[Difference]:
    """What two readings say differently, word by word, in the order of print."""
    return [
        Difference(NAMES[key], old, new, list(word_pieces(old, new)))
        for key in NAMES
        if key in before or key in after
        if (old := in_words(key, before.get(key))) != (new := in_words(key, after.get(key)))
    ]


def in_words(key: str, value: Any) -> str:
    """One field of a reading as people read it."""
    if value is None or value is False or value in ("", []):
        return ""
    if key == "due_on":
        return format_date(date.fromisoformat(value))
    if key == "is_before":
        return str(_("Yes"))
    if key in TASK_ROLES:
        return "; ".join(body["printed"] for body in value)
    if key == "targets":
        return "; ".join(f"{quantity(row['quantity'])} {row['unit']}" for row in value)
    return str(RECURRENCES.get(value, value)) if key == "recurrence" else str(value)


def word_pieces(before: str, after: str) -> Iterator[Piece]:
    """The two texts woven into one: what stays, what goes, what comes."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    for kind, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("".join(old[start:end]), "same")
            continue
        if start < end:
            yield Piece("".join(old[start:end]), "gone")
        if begin < stop:
            yield Piece("".join(new[begin:stop]), "new")


def bodies_in(readings: Iterable[Json]) -> set[str]:
    """The codes of every body that some readings of tasks or duties name."""
    found: set[str] = set()
    for reading in readings:
        found |= {body["code"] for role in TASK_ROLES for body in reading.get(role) or []}
        found.add(reading.get("code") or "")
    return found - {""}
