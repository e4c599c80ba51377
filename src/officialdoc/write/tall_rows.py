"""Which rows of a table may be split between pages: those that would not fit on one.

Everything below the foot of a page is lost where such a row is kept whole, in a .docx and in a
.pdf alike. The height is estimated, so a row may be split from half a page on.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace

from .metrics import POINTS_PER_MM
from .model import Column, TableBlock, TableRow

LETTER = 0.5  # of the letter size: a little wider than Vietnamese text is on average
LINE = 1.15  # single spacing, of the letter size
PADDING = 7.0  # points, both sides of a cell
SHARE = 0.5  # of the page's height


def with_tall_rows(block: TableBlock, width: float, height: float, size: float) -> TableBlock:
    """The table with its tall rows marked. Room of the page in millimetres, letter size in points."""
    most = int(SHARE * height * POINTS_PER_MM / (LINE * size))
    letters = width * POINTS_PER_MM / (LETTER * size)
    tall: list[int] = []
    start = 0
    for rows in merged_groups(block.rows):
        if sum(row_lines(row, block.columns, letters, PADDING / (LETTER * size)) for row in rows) > most:
            tall += range(start, start + len(rows))
        start += len(rows)
    return replace(block, tall_rows=tuple(tall))


def merged_groups(rows: tuple[TableRow, ...]) -> Iterator[tuple[TableRow, ...]]:
    """Rows that one merged cell holds together stand together; most rows stand alone."""
    start = reach = 0
    for index, row in enumerate(rows):
        if index and index >= reach:
            yield rows[start:index]
            start = index
        reach = max(reach, index + max((cell.row_span for cell in row), default=1))
    if rows:
        yield rows[start:]


def row_lines(row: TableRow, columns: tuple[Column, ...], letters: float, padding: float) -> int:
    """Lines of the row's longest cell, where `letters` stand beside each other in the whole table.

    In a row that a merged cell above reaches into, its cells stand further right: they are
    measured in the narrowest column they could stand in.
    """
    total = sum(column.width for column in columns)
    is_complete = sum(cell.col_span for cell in row) == len(columns)
    narrowest = min(column.width for column in columns)
    start, most = 0, 1
    for cell in row:
        covered = columns[start : start + cell.col_span]
        share = sum(column.width for column in covered) if is_complete else narrowest * cell.col_span
        start += cell.col_span
        most = max(most, line_count(cell.text, max(1, int(letters * share / total - padding))))
    return most


def line_count(text: str, letters: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, letters))) for line in text.split("\n"))
