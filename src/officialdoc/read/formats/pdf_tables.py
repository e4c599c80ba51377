"""Ruled tables of a PDF, across its pages.

Reads: the grids and characters of each page. Writes: table drafts; a table that goes on
over the page is one table, its repeated heading dropped, its cut rows joined.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from officialdoc.read.formats.cut_rows import join_cut_rows
from officialdoc.read.formats.drafts import CellDraft, TableDraft
from officialdoc.read.formats.pdf_glyphs import Glyph
from officialdoc.read.formats.pdf_grid import Grid, GridCell
from officialdoc.read.formats.pdf_paragraphs import Column, paragraphs_of
from officialdoc.read.formats.pdf_rows import rows_of

_SAME_EDGE = 6.0
_MAX_HEADING_ROWS = 4


@dataclass(slots=True)
class PagedTable:
    draft: TableDraft
    xs: tuple[float, ...]
    last_page: int
    breaks: set[int] = field(default_factory=set)  # rows that are first on their page

    def finished(self) -> TableDraft:
        return join_cut_rows(self.draft, page_breaks=frozenset(self.breaks))


def read_grid(grid: Grid, glyphs: Sequence[Glyph], page: int) -> PagedTable:
    inside: dict[int, list[Glyph]] = {}
    numbers = {
        (row, column): number
        for number, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    for glyph in glyphs:
        place = _cell_at(grid, numbers, glyph)
        if place is not None:
            inside.setdefault(place, []).append(glyph)
    cells = [_cell(cell, inside.get(number, []), page) for number, cell in enumerate(grid.cells)]
    return PagedTable(TableDraft(_without_empty_rows(cells), page), grid.xs, page)


def _cell_at(grid: Grid, numbers: dict[tuple[int, int], int], glyph: Glyph) -> int | None:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
    if not grid.box.holds(x, y):
        return None
    return numbers.get((bisect(grid.ys, y) - 1, bisect(grid.xs, x) - 1))


def _cell(cell: GridCell, glyphs: list[Glyph], page: int) -> CellDraft:
    rows = rows_of(glyphs, page)
    draft = CellDraft(cell.row, cell.column, [], cell.row_span, cell.column_span)
    if rows:
        padding = min(6.0, max(1.0, min(row.x0 for row in rows) - cell.box.x0))
        draft.lines = paragraphs_of(rows, Column(cell.box.x0 + padding, cell.box.x1 - padding, is_cell=True))
    return draft


def _without_empty_rows(cells: list[CellDraft]) -> list[CellDraft]:
    """Double rules and hair lines make rows of nothing: they go, spans shrink."""
    last = max((cell.row + cell.row_span for cell in cells), default=0)
    kept = [
        row
        for row in range(last)
        if any(cell.lines and cell.row == row for cell in cells)
        or not any(cell.row <= row < cell.row + cell.row_span and cell.row_span > 1 for cell in cells)
    ]
    blank = [
        row
        for row in kept
        if not any(cell.lines for cell in cells if cell.row <= row < cell.row + cell.row_span)
    ]
    kept = [row for row in kept if row not in blank]
    number = {row: place for place, row in enumerate(kept)}
    left: list[CellDraft] = []
    for cell in cells:
        rows = [row for row in range(cell.row, cell.row + cell.row_span) if row in number]
        if rows:
            cell.row, cell.row_span = number[rows[0]], len(rows)
            left.append(cell)
    return left


def goes_on(above: PagedTable, below: PagedTable) -> bool:
    if len(above.xs) != len(below.xs) or below.last_page != above.last_page + 1:
        return False
    return all(abs(a - b) <= _SAME_EDGE for a, b in zip(above.xs, below.xs, strict=True))


def join(above: PagedTable, below: PagedTable) -> None:
    """Adds the rows of the next page's table to the table above."""
    skip = _repeated_heading(above.draft, below.draft)
    offset = above.draft.row_count - skip
    moved = [cell for cell in below.draft.cells if cell.row >= skip]
    for cell in moved:
        cell.row += offset
    above.draft.cells.extend(moved)
    above.breaks.add(offset + skip)
    above.last_page = below.last_page


def _repeated_heading(above: TableDraft, below: TableDraft) -> int:
    """How many first rows of `below` say the same as the first rows of `above`."""
    count = 0
    for row in range(min(_MAX_HEADING_ROWS, below.row_count)):
        mine = _texts(below, row)
        if not mine or mine != _texts(above, row):
            break
        count += 1
    while count and any(cell.row < count < cell.row + cell.row_span for cell in below.cells):
        count -= 1
    return count


def _texts(table: TableDraft, row: int) -> list[tuple[int, str]]:
    return [
        (cell.column, " ".join(cell.text.split())) for cell in table.cells if cell.row == row and cell.lines
    ]
