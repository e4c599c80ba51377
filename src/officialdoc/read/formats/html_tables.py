"""HTML tables as drawn.

Reads: a `<table>`. Writes: a table draft; rowspan and colspan as merged cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from officialdoc.read.formats.cut_rows import join_cut_rows
from officialdoc.read.formats.drafts import BlockDraft, CellDraft, TableDraft
from officialdoc.read.formats.framing import table_or_framed
from officialdoc.read.formats.limits import MAX_CELLS, MAX_COLUMNS
from officialdoc.read.formats.refusals import refusal

CellReader = Callable[[Any], list[BlockDraft]]  # of an element


def read_table(table: etree._Element, read_cell: CellReader) -> list[BlockDraft]:
    rows = list(_rows(table))
    taken: set[tuple[int, int]] = set()
    cells: list[CellDraft] = []
    contents: list[list[BlockDraft]] = []
    for number, row in enumerate(rows):
        column = 0
        for element in row.iterchildren("td", "th"):
            while (number, column) in taken:
                column += 1
            cell = CellDraft(number, column, [], *_spans(element, len(rows) - number, MAX_COLUMNS - column))
            taken.update(
                (number + down, column + right)
                for down in range(cell.row_span)
                for right in range(cell.column_span)
            )
            cells.append(cell)
            contents.append(read_cell(element))
            if column >= MAX_COLUMNS or len(taken) > MAX_CELLS:
                raise refusal("too_much_content")
    found = table_or_framed(cells, contents)
    captions = [block for caption in table.iterchildren("caption") for block in read_cell(caption)]
    return captions + [join_cut_rows(block) if isinstance(block, TableDraft) else block for block in found]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _spans(element: etree._Element, rows_left: int, columns_left: int) -> tuple[int, int]:
    down = _span(element.get("rowspan"), rows_left)
    return down, max(1, min(_span(element.get("colspan"), MAX_COLUMNS), columns_left))


def _span(text: str | None, most: int) -> int:
    text = (text or "").strip()
    if not text.isdecimal():
        return 1
    return min(int(text[:9]), most) or most  # 0 means down to the end
