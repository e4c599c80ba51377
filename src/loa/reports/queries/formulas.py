"""The small vocabulary by which figure tables count the registers. No text is ever evaluated.

A formula gives, for every agency of a batch, the rows behind its figure; the figure is their sum,
their mean, or the share of them that counts. A coordinator picks formulas from this list for the rows of an outline.
An app below may add its own from its numbers: `register(Formula(...))`, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from loa.core.text import fold, headline
from loa.plans.models import Assignment
from loa.reports.queries.registers import Registers

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One thing behind a figure. `kind` and `pk` say where to look: a deliverable, an assignment, a duty's
    assignment, or (for an occurrence) its task.
    """

    label: str
    kind: str
    pk: int
    on: date | None = None
    quantity: Decimal = Decimal(1)

    def to_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "kind": self.kind,
            "pk": self.pk,
            "on": self.on.isoformat() if self.on else None,
            "quantity": str(self.quantity),
        }


Rows = Mapping[int, list[CountedRow]]  # by agency; one without rows may be missing
How = Literal["sum", "percent", "mean"]


@dataclass(frozen=True, slots=True)
class Formula:
    """`arguments` are the narrowing words it understands: unit, kind, form, topic, word."""

    key: str
    label: Any  # lazy
    count: Callable[[Registers, Mapping[str, str]], Rows]
    arguments: tuple[str, ...] = ()
    how: How = "sum"


_formulas: dict[str, Formula] = {}


def register(formula: Formula) -> None:
    _formulas[formula.key] = formula


def formulas() -> dict[str, Formula]:
    """By key, in the order of the list people choose from."""
    return dict(_formulas)


def how_of(key: str) -> How:
    return _formulas[key].how if key in _formulas else "sum"


def total_of(rows: Iterable[CountedRow], how: How) -> Decimal | None:
    """A figure is made from its rows and from nothing else; a share of nothing is no figure."""
    found = list(rows)
    total = sum((row.quantity for row in found), start=Decimal())
    if how == "sum":
        return total.quantize(CENT)
    whole = 100 if how == "percent" else 1
    return (whole * total / len(found)).quantize(CENT, ROUND_HALF_UP) if found else None


def matches(text: str, wanted: str) -> bool:
    """Whether a folded text has one of the alternatives, "phiên; cuộc đối thoại", in it; blank: always."""
    alternatives = [fold(part) for part in wanted.split(";") if part.strip()]
    return not alternatives or any(part in text for part in alternatives)


def _deliverables(registers: Registers, given: Mapping[str, str]) -> Rows:
    return {
        agency: [
            CountedRow(row.title, "deliverable", row.pk, row.on, row.quantity)
            for row in rows
            if given.get("kind", "") in {"", row.kind}
            and matches(fold(registers.unit_of(row)), given.get("unit", ""))
            and _of_form_and_topic(registers, registers.task_of(row), given)
        ]
        for agency, rows in registers.deliverables.items()
    }


def _of_form_and_topic(registers: Registers, task: int | None, given: Mapping[str, str]) -> bool:
    form, topic = given.get("form", ""), given.get("topic", "")
    if task is None:
        return not (form or topic)
    return matches(registers.forms_of[task], form) and matches(registers.topics_of[task], topic)


def _sessions(registers: Registers, given: Mapping[str, str]) -> Rows:
    word = given.get("word", "")
    return {
        agency: [
            CountedRow(row.title, "occurrence", row.task_id, row.on)
            for row in rows
            if matches(fold(f"{row.title} {row.task.content}"), word)
        ]
        for agency, rows in registers.held.items()
    }


def _label(work: Assignment) -> str:
    return f"{work.task.no}. {headline(work.task.content)}"[:300]


def _tasks(registers: Registers, _given: Mapping[str, str]) -> Rows:
    return {
        agency: [CountedRow(_label(work), "assignment", work.pk) for work in works]
        for agency, works in registers.assignments.items()
    }


def _tasks_done(registers: Registers, _given: Mapping[str, str]) -> Rows:
    return {
        agency: [
            CountedRow(_label(work), "assignment", work.pk)
            for work in works
            if registers.is_done_by_cutoff(work)
        ]
        for agency, works in registers.assignments.items()
    }


def _tasks_percent(registers: Registers, _given: Mapping[str, str]) -> Rows:
    """Every task is a row; one that is done counts 1, another 0."""
    return {
        agency: [
            CountedRow(
                _label(work),
                "assignment",
                work.pk,
                quantity=Decimal(int(registers.is_done_by_cutoff(work))),
            )
            for work in works
        ]
        for agency, works in registers.assignments.items()
    }


def _duties_done(registers: Registers, _given: Mapping[str, str]) -> Rows:
    return {
        agency: [
            CountedRow(work.duty.text[:300], "duty", work.pk)
            for work in works
            if work.pk in registers.duties_with_evidence
        ]
        for agency, works in registers.duties.items()
    }


def _money_approved(registers: Registers, _given: Mapping[str, str]) -> Rows:
    return {
        agency: [
            CountedRow(
                row.line.content[:300],
                "estimate_line",
                row.line_id,
                row.approval.decided_on,
                Decimal(row.amount),
            )
            for row in rows
        ]
        for agency, rows in registers.approved.items()
    }


def _money_spent(registers: Registers, _given: Mapping[str, str]) -> Rows:
    return {
        agency: [
            CountedRow(
                f"{row.voucher}: {row.content or row.line.content}"[:300],
                "estimate_line",
                row.line_id,
                row.on,
                Decimal(row.amount),
            )
            for row in rows
        ]
        for agency, rows in registers.paid.items()
    }


for _each in (
    Formula(
        "deliverables",
        _("Deliverables of the period, added up"),
        _deliverables,
        ("unit", "kind", "form", "topic"),
    ),
    Formula("sessions_held", _("Sessions of a series that were held"), _sessions, ("word",)),
    Formula("tasks", _("Tasks that the agency leads"), _tasks),
    Formula("tasks_done", _("Tasks that are done by the cut-off"), _tasks_done),
    Formula("tasks_percent", _("Share of tasks done, in percent"), _tasks_percent, how="percent"),
    Formula("money_approved", _("Money approved by the cut-off, đồng"), _money_approved),
    Formula("money_spent", _("Money spent by the cut-off, đồng"), _money_spent),
    Formula("duties_done", _("Standing duties with notes or deliverables"), _duties_done),
):
    register(_each)
