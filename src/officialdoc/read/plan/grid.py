"""A table as a matrix of places.

Reads: `Table` (merged cells stand once). Writes: `Grid`, where each place knows its cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from officialdoc.model import Cell, Place, Table
from officialdoc.read.plan.letters import tidy

_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ITEM_TAG = re.compile(r"<(?:li|br|p)\b[^<>]*>|</(?:li|p)>")
_MARKS = re.compile(r"\*\*|__")


def cell_text(cell: Cell | None) -> str:
    """A cell's lines without markup, one per line, blanks squeezed."""
    if cell is None:
        return ""
    raw = _ITEM_TAG.sub("\n", cell.text) if "<" in cell.text else cell.text
    raw = _MARKS.sub("", _TAGS.sub(" ", raw))
    return "\n".join(line for line in (tidy(part) for part in raw.split("\n")) if line)


@dataclass(slots=True)
class Grid:
    table: Table
    places: list[list[Cell | None]]

    @property
    def row_count(self) -> int:
        return len(self.places)

    @property
    def column_count(self) -> int:
        return len(self.places[0]) if self.places else 0

    def text(self, row: int, column: int) -> str:
        return cell_text(self.places[row][column])

    def texts(self, row: int) -> list[str]:
        return [self.text(row, column) for column in range(self.column_count)]

    def cells(self, row: int) -> list[Cell]:
        """The different cells of a row, left to right."""
        seen: list[Cell] = []
        for cell in self.places[row]:
            if cell is not None and not any(cell is other for other in seen):
                seen.append(cell)
        return seen

    def place(self, row: int) -> Place:
        own = [cell for cell in self.cells(row) if cell.row == row] or self.cells(row)
        start = min((cell.start for cell in own), default=self.table.start)
        end = max((cell.end for cell in own), default=self.table.end)
        page = next((p.page for cell in own for p in cell.paragraphs if p.page is not None), self.table.page)
        return Place(start, end, page, self.table.index, row)


def grid_of(table: Table) -> Grid:
    width, height = table.column_count, table.row_count
    places: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                places[row][column] = cell
    return Grid(table, places)
