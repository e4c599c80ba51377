"""Blocks before they have a place in the text, and their assembly into a `Source`.

Reads: drafts from one format reader. Writes: `Source` with exact offsets.
A line never holds a line break, a table's text is its cells: a tab between cells, a line
break between rows and between the paragraphs of a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from officialdoc.model import Align, Block, Cell, Paragraph, Place, Source, Table, Warning_
from officialdoc.read.formats.characters import clean_line
from officialdoc.read.formats.limits import MAX_CELLS, MAX_CHARACTERS, MAX_LINES
from officialdoc.read.formats.refusals import refusal

Format = Literal["docx", "pdf", "html", "txt", "md"]


@dataclass(slots=True)
class Line:
    text: str
    page: int | None = None
    align: Align | None = None
    bold: bool = False
    italic: bool = False
    level: int | None = None


@dataclass(slots=True)
class CellDraft:
    row: int
    column: int
    lines: list[Line] = field(default_factory=list)
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(slots=True)
class RowNote:
    """A warning about one row, placed once the table has its place in the text."""

    row: int
    code: str
    message: str


@dataclass(slots=True)
class TableDraft:
    cells: list[CellDraft]
    page: int | None = None
    notes: list[RowNote] = field(default_factory=list)

    @property
    def row_count(self) -> int:
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def column_count(self) -> int:
        return max((c.column + c.column_span for c in self.cells), default=0)

    @property
    def is_one_cell(self) -> bool:
        return len(self.cells) == 1


BlockDraft = Line | TableDraft


def lines_of(text: str, **look: object) -> list[Line]:
    """The lines of a paragraph's text, all looking alike."""
    cleaned = (clean_line(part) for part in text.split("\n"))
    return [Line(part, **look) for part in cleaned if part]  # type: ignore[arg-type]


def table_of(rows: Iterable[Iterable[str]], page: int | None = None) -> TableDraft:
    """A table without merged cells from rows of cell texts."""
    cells = [
        CellDraft(r, c, lines_of(text, page=page)) for r, row in enumerate(rows) for c, text in enumerate(row)
    ]
    return TableDraft(cells, page)


def unboxed(blocks: Iterable[BlockDraft]) -> Iterator[BlockDraft]:
    """Frames drawn as a table of one cell become the lines they frame; empty tables go."""
    for block in blocks:
        if isinstance(block, Line):
            if block.text:
                yield block
        elif block.is_one_cell:
            yield from block.cells[0].lines
        elif any(cell.lines for cell in block.cells):
            yield block


class _Assembly:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.at = 0
        self.tables = 0
        self.warnings: list[Warning_] = []

    def write(self, text: str) -> int:
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        if self.at > MAX_CHARACTERS or len(self.parts) > 2 * MAX_LINES + MAX_CELLS:
            raise refusal("too_much_content")
        return start

    def paragraph(self, line: Line) -> Paragraph:
        start = self.write(line.text)
        return Paragraph(line.text, start, self.at, line.page, line.align, line.bold, line.italic, line.level)

    def cell(self, draft: CellDraft) -> Cell:
        start = self.at
        paragraphs: list[Paragraph] = []
        for line in draft.lines:
            if paragraphs:
                self.write("\n")
            paragraphs.append(self.paragraph(line))
        spans = (draft.row_span, draft.column_span)
        return Cell(draft.row, draft.column, *spans, tuple(paragraphs), start, self.at)

    def table(self, draft: TableDraft) -> Table:
        start = self.at
        cells: list[Cell] = []
        for cell in sorted(draft.cells, key=lambda c: (c.row, c.column)):
            if cells:
                self.write("\t" if cells[-1].row == cell.row else "\n")
            cells.append(self.cell(cell))
        table = Table(self.tables, tuple(cells), start, self.at, draft.page)
        self.warnings.extend(_placed(note, table) for note in draft.notes)
        self.tables += 1
        return table


def _placed(note: RowNote, table: Table) -> Warning_:
    row = [cell for cell in table.cells if cell.row == note.row]
    start = min((cell.start for cell in row), default=table.start)
    end = max((cell.end for cell in row), default=table.end)
    return Warning_(note.code, note.message, Place(start, end, table.page, table.index, note.row))


def assemble(drafts: Iterable[BlockDraft], format_: Format, warnings: Iterable[Warning_] = ()) -> Source:
    """The `Source` of a document's drafts. Refuses a document without text."""
    assembly = _Assembly()
    blocks: list[Block] = []
    for draft in unboxed(drafts):
        if blocks:
            assembly.write("\n")
        blocks.append(assembly.paragraph(draft) if isinstance(draft, Line) else assembly.table(draft))
    if not blocks:
        raise refusal("empty")
    text = "".join(assembly.parts)
    return Source(text, tuple(blocks), format_, (*warnings, *assembly.warnings))
