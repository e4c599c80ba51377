""".pdf with a text layer → `Source`.

Reads: the pages' characters and rulings. Writes: paragraphs in reading order and ruled
tables; page numbers, running heads and footnotes are out of the flow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from officialdoc.model import Source
from officialdoc.read.formats.drafts import BlockDraft, assemble
from officialdoc.read.formats.pdf_columns import Run, in_reading_order
from officialdoc.read.formats.pdf_file import pages_of
from officialdoc.read.formats.pdf_flow import in_flow
from officialdoc.read.formats.pdf_fonts import convert_fonts, watch_text_layer
from officialdoc.read.formats.pdf_glyphs import Glyph, PageContent
from officialdoc.read.formats.pdf_grid import Grid, grids_of
from officialdoc.read.formats.pdf_paragraphs import Column, paragraphs_of
from officialdoc.read.formats.pdf_rows import Row, rows_of
from officialdoc.read.formats.pdf_tables import PagedTable, goes_on, join, read_grid
from officialdoc.read.formats.refusals import refusal

_Piece = Run | PagedTable
_PageTables = list[tuple[Grid, PagedTable]]
_SAME_PAPER = 40.0
_WIDEST_MARGIN = 0.15  # of the page's width
_LEAST_INDENT, _MOST_INDENT = 9.0, 70.0


def read_pdf(data: bytes) -> Source:
    pages = pages_of(data)
    warnings = watch_text_layer(pages) + convert_fonts(pages)
    tables = [_tables_on(page, number) for number, page in enumerate(pages, 1)]
    loose: list[Row] = []
    for number, (page, own) in enumerate(zip(pages, tables, strict=True), 1):
        loose.extend(rows_of(_outside(page.glyphs, [grid for grid, _ in own]), number))
    rows = in_flow(pages, loose)
    if not rows and not any(tables):
        raise refusal("scan")
    columns = _columns(pages, rows, tables)
    pieces: list[_Piece] = []
    for number, own in enumerate(tables, 1):
        _add_page([row for row in rows if row.page == number], own, columns[number - 1], pieces)
    return assemble(_blocks(pieces, columns), "pdf", warnings)


def _tables_on(page: PageContent, number: int) -> _PageTables:
    found = []
    for grid in grids_of(page.rulings):
        table = read_grid(grid, page.glyphs, number)
        if any(cell.lines for cell in table.draft.cells):
            found.append((grid, table))
    return found


def _outside(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> list[Glyph]:
    def is_inside(glyph: Glyph) -> bool:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
        return any(grid.box.holds(x, y) for grid in grids)

    return [glyph for glyph in glyphs if not is_inside(glyph)] if grids else list(glyphs)


def _columns(
    pages: Sequence[PageContent], rows: Sequence[Row], tables: Sequence[_PageTables]
) -> list[Column]:
    """Per page, where its text begins and ends: pages of one paper share their margins."""
    found = []
    for page in pages:
        alike = [row for row in rows if abs(pages[row.page - 1].width - page.width) < _SAME_PAPER]
        edges = [edge for row in alike for edge in (row.x0, row.x1)]
        for other, own in zip(pages, tables, strict=True):
            if abs(other.width - page.width) < _SAME_PAPER:
                edges.extend(edge for grid, _ in own for edge in (grid.box.x0, grid.box.x1))
        # A page of few short lines does not show its margins; an office's paper is known.
        left = min([*edges, _WIDEST_MARGIN * page.width])
        right = max([*edges, (1 - _WIDEST_MARGIN) * page.width])
        found.append(Column(left, right, indent=_usual_indent(alike, left)))
    return found


def _usual_indent(rows: Sequence[Row], left: float) -> float:
    offsets = Counter(round(row.x0 - left) for row in rows if _LEAST_INDENT < row.x0 - left < _MOST_INDENT)
    return float(offsets.most_common(1)[0][0]) if offsets else 0.0


def _add_page(rows: list[Row], tables: _PageTables, column: Column, pieces: list[_Piece]) -> None:
    above = float("-inf")
    for grid, table in tables:
        before = [row for row in rows if above < row.base <= grid.box.y0 + 2]
        pieces.extend(in_reading_order(before, column.left, column.right))
        above = grid.box.y0 + 2
        last = pieces[-1] if pieces else None
        if isinstance(last, PagedTable) and not before and goes_on(last, table):
            join(last, table)
        else:
            pieces.append(table)
    pieces.extend(in_reading_order([row for row in rows if row.base > above], column.left, column.right))


def _blocks(pieces: Sequence[_Piece], columns: Sequence[Column]) -> list[BlockDraft]:
    """Pieces as blocks; running text goes on over the page."""
    blocks: list[BlockDraft] = []
    flowing: list[Row] = []
    for piece in pieces:
        if isinstance(piece, Run) and not piece.is_aside:
            if flowing and columns[flowing[-1].page - 1] != columns[piece.rows[0].page - 1]:
                blocks.extend(_paragraphs(flowing, columns))
                flowing = []
            flowing.extend(piece.rows)
            continue
        blocks.extend(_paragraphs(flowing, columns))
        flowing = []
        if isinstance(piece, Run):
            blocks.extend(_paragraphs(piece.rows, columns, is_aside=True))
        else:
            blocks.append(piece.finished())
    return blocks + list(_paragraphs(flowing, columns))


def _paragraphs(rows: list[Row], columns: Sequence[Column], *, is_aside: bool = False) -> list[BlockDraft]:
    return list(paragraphs_of(rows, columns[rows[0].page - 1], is_aside=is_aside)) if rows else []
