"""What a consolidated report rests on, as plain data: gathered from the registers while it is a
draft, frozen as JSON when it is issued. Figures and paper are made from this and nothing else, so a
report rebuilt years later gives the same numbers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """`status` as on the board; what a report says counts only while it is submitted or accepted."""

    agency: int
    report: int | None
    name: str
    is_political: bool
    status: str
    is_late: bool
    submitted_on: date | None
    late_reason: str

    @property
    def has_reported(self) -> bool:
        return self.status in {"submitted", "accepted"}


@dataclass(frozen=True, slots=True)
class LineFacts:
    """`line` is None, and the words empty, where the agency has not reported. `short` is for long lists."""

    agency: int
    name: str
    short: str
    line: int | None
    result: str
    completion: str
    reason: str
    deliverable_count: int

    @property
    def is_reported(self) -> bool:
        return self.line is not None

    @property
    def is_done_duty(self) -> bool:
        return self.is_reported and self.completion not in {"none", "nothing_arose"}


@dataclass(frozen=True, slots=True)
class CountedFacts:
    """A deliverable that counts for a target; `deliverable` is None for a quantity entered by hand."""

    deliverable: int | None
    name: str
    title: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class TargetFacts:
    target: int
    measure: str
    unit: str
    quantity: Decimal
    rows: tuple[CountedFacts, ...]


@dataclass(frozen=True, slots=True)
class TaskFacts:
    task: int
    no: str
    content: str
    form: str
    coordinating: str
    carried_over_from: int | None
    lines: tuple[LineFacts, ...]
    targets: tuple[TargetFacts, ...]


@dataclass(frozen=True, slots=True)
class DutyFacts:
    duty: int
    body: str
    text: str
    lines: tuple[LineFacts, ...]


@dataclass(frozen=True, slots=True)
class DeliverableFacts:
    """Exactly one of task and duty is set."""

    deliverable: int
    agency: int
    name: str
    task: int | None
    duty: int | None
    title: str
    on: date
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class TextFacts:
    report: int
    agency: int
    name: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class FigureLineFacts:
    """What one agency reports in one row. `counted` is what the register had; `weight` how many rows stood
    behind it. None: not reported, or not counted.
    """

    agency: int
    report: int | None
    figure: int | None
    name: str
    counted: Decimal | None
    value: Decimal | None
    estimate: Decimal | None
    weight: int
    reason: str

    @property
    def is_corrected(self) -> bool:
        return self.counted is not None and self.value != self.counted


@dataclass(frozen=True, slots=True)
class FigureRowFacts:
    """`how` is sum or percent, as in queries/formulas.py."""

    key: str
    label: str
    label_en: str
    unit: str
    how: str
    lines: tuple[FigureLineFacts, ...]


@dataclass(frozen=True, slots=True)
class FigureTableFacts:
    key: str
    title: str
    title_en: str
    rows: tuple[FigureRowFacts, ...]


@dataclass(frozen=True, slots=True)
class RoundFacts:
    title: str
    period: str
    data_from: date
    data_to: date
    due_on: date
    is_due_before: bool


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """The head and the foot of the paper. `number` and `on` are None until it is registered.

    `replaces`: {"number", "on"} of the issue that this one takes the place of.
    """

    agency: str
    parent_agency: str | None
    symbol: str
    place: str
    title: str
    issuer: str
    office: str
    plan_kind: str
    plan_number: str
    plan_on: date | None
    plan_title: str
    signer_title: str
    signer_authority: tuple[str, ...]
    signer_name: str | None
    number: int | None = None
    on: date | None = None
    replaces: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """`is_quoted`: from an agency's own words, else from figures or by hand."""

    section: str
    heading: str
    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Facts:
    paper: PaperFacts
    round: RoundFacts
    sections: tuple[dict[str, Any], ...]
    wording: dict[str, Any]
    agencies: tuple[AgencyFacts, ...]
    tasks: tuple[TaskFacts, ...]
    duties: tuple[DutyFacts, ...]
    deliverables: tuple[DeliverableFacts, ...]
    texts: tuple[TextFacts, ...]
    narrative: tuple[SentenceFacts, ...] = field(default=())
    tables: tuple[FigureTableFacts, ...] = field(default=())  # reports of earlier versions have none

    def to_json(self) -> dict[str, Any]:
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Facts:
        """The same facts again; raises KeyError or TypeError where `data` is of another shape."""
        return cls(
            paper=PaperFacts(**_dated(data["paper"], "plan_on", "on"), **_authority(data["paper"])),
            round=RoundFacts(**_dated(data["round"], "data_from", "data_to", "due_on")),
            sections=tuple(data["sections"]),
            wording=data["wording"],
            agencies=tuple(AgencyFacts(**_dated(row, "submitted_on")) for row in data["agencies"]),
            tasks=tuple(_task(row) for row in data["tasks"]),
            duties=tuple(DutyFacts(**{**row, "lines": _lines(row)}) for row in data["duties"]),
            deliverables=tuple(
                DeliverableFacts(**{**_dated(row, "on"), "quantity": Decimal(row["quantity"])})
                for row in data["deliverables"]
            ),
            texts=tuple(TextFacts(**row) for row in data["texts"]),
            narrative=tuple(SentenceFacts(**row) for row in data["narrative"]),
            tables=tuple(_table(row) for row in data.get("tables", ())),
        )


def _plain(value: Any) -> Any:
    """JSON-ready: dates as ISO text, decimals as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _dated(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    dates = {key: date.fromisoformat(row[key]) if row[key] else None for key in keys}
    return {key: value for key, value in row.items() if key != "signer_authority"} | dates


def _authority(row: dict[str, Any]) -> dict[str, Any]:
    return {"signer_authority": tuple(row["signer_authority"])}


def _lines(row: dict[str, Any]) -> tuple[LineFacts, ...]:
    return tuple(LineFacts(**line) for line in row["lines"])


def _task(row: dict[str, Any]) -> TaskFacts:
    targets = tuple(
        TargetFacts(**{**target, "quantity": Decimal(target["quantity"]), "rows": _counted(target)})
        for target in row["targets"]
    )
    return TaskFacts(**{**row, "lines": _lines(row), "targets": targets})


def _counted(target: dict[str, Any]) -> tuple[CountedFacts, ...]:
    return tuple(CountedFacts(**{**row, "quantity": Decimal(row["quantity"])}) for row in target["rows"])


def _table(data: dict[str, Any]) -> FigureTableFacts:
    rows = tuple(
        FigureRowFacts(**{**row, "lines": tuple(_figure_line(line) for line in row["lines"])})
        for row in data["rows"]
    )
    return FigureTableFacts(**{**data, "rows": rows})


def _figure_line(line: dict[str, Any]) -> FigureLineFacts:
    numbers = {
        key: Decimal(line[key]) if line[key] is not None else None for key in ("counted", "value", "estimate")
    }
    return FigureLineFacts(**{**line, **numbers})
