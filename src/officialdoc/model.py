"""What official documents are made of, for the reader and the writer alike.

Plain dataclasses, no Django. `Source` is what a file contains (read/formats);
`PlanReading` is what an issued plan says (read/plan), printed by `loa plan read --json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right", "both"]


class UnreadableDocumentError(Exception):
    """A file that cannot be read: what is wrong and what to do, in both languages.

    `code` is stable and short; `str(error)` is the Vietnamese text.
    """

    def __init__(self, code: str, *, vi: str, en: str) -> None:
        super().__init__(vi)
        self.code = code
        self.vi = vi
        self.en = en


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line or paragraph. `start`/`end` count code points in `Source.text`, and
    `Source.text[start:end] == text`. Automatic Word numbers are already in the text.
    """

    text: str
    start: int
    end: int
    page: int | None = None
    align: Align | None = None
    bold: bool = False
    italic: bool = False
    level: int | None = None  # heading or list depth where the format says so, from 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as drawn: a merged cell stands once, at its top left corner."""

    row: int
    column: int
    row_span: int
    column_span: int
    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs).strip()


@dataclass(frozen=True, slots=True)
class Table:
    index: int  # from 0 over the whole document
    cells: tuple[Cell, ...]
    start: int
    end: int
    page: int | None = None

    @property
    def row_count(self) -> int:
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def column_count(self) -> int:
        return max((c.column + c.column_span for c in self.cells), default=0)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found. `row` 0 is the table's first row."""

    start: int
    end: int
    page: int | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801  `Warning` is a builtin
    code: str
    message: str
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file's content in reading order, whatever its format."""

    text: str  # NFC, "\n" between blocks
    blocks: tuple[Block, ...]
    format: Literal["docx", "pdf", "html", "txt", "md"]
    warnings: tuple[Warning_, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    name: str | None = None
    title: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    text: str
    number: str | None = None
    issued_on: date | None = None
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class Section:
    label: str
    title: str
    children: list[Section] = field(default_factory=list)
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A topic, a form of communication, or a labelled detail of a task."""

    label: str
    text: str
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class TargetReading:
    quantity: int | float
    unit: str


@dataclass(frozen=True, slots=True)
class OccurrenceReading:
    """One dated instance inside a task: an episode, a session."""

    text: str
    lead: list[str] = field(default_factory=list)
    on: date | None = None
    time: str | None = None
    source: Place | None = None


@dataclass(slots=True)
class TaskReading:
    content: str
    no: str | None = None
    path: str | None = None
    group: str | None = None
    lead: list[str] = field(default_factory=list)
    coordinating: list[str] = field(default_factory=list)
    performing: list[str] = field(default_factory=list)
    monitoring: list[str] = field(default_factory=list)
    product: str | None = None
    details: list[Item] = field(default_factory=list)
    due_text: str | None = None
    starts_on: date | None = None
    due_on: date | None = None
    before: bool = False  # due_on is exclusive: late from 00:00 of that day
    targets: list[TargetReading] = field(default_factory=list)
    carried_over_from: int | None = None
    note: str | None = None
    occurrences: list[OccurrenceReading] = field(default_factory=list)
    source: Place | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class DutyReading:
    agency: str
    text: str
    source: Place | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class ReportingReading:
    who: str | None
    to: str | None
    when: str
    recurrence: Literal["yearly", "quarterly", "monthly", "weekly", "periodic", "once"] | None
    month_day: str | None = None  # "MM-DD"
    before: bool = False
    due_on: date | None = None
    source: Place | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class PlanReading:
    text: str
    kind: str | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: date | None = None
    signer: Signer = field(default_factory=Signer)
    legal_bases: list[Reference] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    topics: list[Item] = field(default_factory=list)
    forms: list[Item] = field(default_factory=list)
    tasks: list[TaskReading] = field(default_factory=list)
    duties: list[DutyReading] = field(default_factory=list)
    reporting: list[ReportingReading] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    # field name -> where the header fields were found, and how sure (0..1)
    sources: dict[str, Place] = field(default_factory=dict)
    confidences: dict[str, float] = field(default_factory=dict)
