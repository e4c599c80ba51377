"""An outgoing document, before it takes any form on paper. Plain dataclasses.

What the decree prescribes (leading zeros, italics, `./.`, "Phụ lục II") is not the caller's
business: the writers add it from the form in force (form.py, printed.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from officialdoc.model import Align

from .charts import Chart

HeadingLevel = Literal[1, 2, 3]  # "I. …" · "1. …" · "a) …"


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """`label` as printed: "I.", "1.", "a)"."""

    level: HeadingLevel
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: one string, or runs where some words are bold or italic. Each line of it
    stands as a paragraph of its own.
    """

    content: str | tuple[Run, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        return (Run(self.content),) if isinstance(self.content, str) else self.content


@dataclass(frozen=True, slots=True)
class Bullet:
    """A paragraph the writer begins with "- "."""

    content: str | tuple[Run, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        return (Run(self.content),) if isinstance(self.content, str) else self.content


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share: columns divide the text width in proportion to it."""

    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class TableCell:
    """`text` may hold several lines. A merged cell stands once, at its top left corner."""

    text: str
    row_span: int = 1
    col_span: int = 1
    bold: bool = False


TableRow = tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """`header` rows are repeated on every page; no row is split between pages but those too tall for one."""

    columns: tuple[Column, ...]
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    tall_rows: tuple[int, ...] = ()  # which of `rows`; found by the writers, not by the caller


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing with its caption (the chart's title) and, for who cannot see it, its description."""

    chart: Chart


Block = Heading | Text | Bullet | TableBlock | Figure


@dataclass(frozen=True, slots=True)
class Signature:
    """`authority`: lines above the title ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH").
    `name` is None where the document is signed by the role alone.
    """

    title: str
    authority: tuple[str, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Annex:
    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """`number` and `on` are None until the document is entered in the register.

    `draft` and `sample` stamp every page. `recipients` carry no dash and no final mark.
    """

    kind: str  # "BÁO CÁO"
    title: str
    agency: str
    symbol: str  # "BC-STTTT"
    place: str
    signature: Signature
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    parent_agency: str | None = None
    number: int | None = None
    on: date | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = field(default=())
    secretary: Signature | None = None  # minutes: signs on the left, the receivers then stand below
    draft: bool = False
    sample: bool = False
