"""Word tables as drawn.

Reads: a `w:tbl`. Writes: a table draft whose merged cells stand once, at their top left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from officialdoc.read.formats.docx_names import VAL, number_of, w
from officialdoc.read.formats.drafts import BlockDraft, CellDraft
from officialdoc.read.formats.framing import table_or_framed
from officialdoc.read.formats.limits import MAX_CELLS, MAX_COLUMNS
from officialdoc.read.formats.refusals import refusal

_ROW, _CELL, _TRPR, _TCPR = w("tr"), w("tc"), w("trPr"), w("tcPr")
_GRID_SPAN, _VMERGE, _HMERGE = w("gridSpan"), w("vMerge"), w("hMerge")
_GRID_BEFORE, _DELETED = w("gridBefore"), w("del")
_WRAPPERS = frozenset(w(name) for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))

CellReader = Callable[[Any], list[BlockDraft]]  # of an element


@dataclass(slots=True)
class _Shape:
    span: int = 1
    continues_above: bool = False
    continues_left: bool = False


def children_through(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children named `tag`, also those inside content controls and tracked insertions."""
    for item in parent:
        if item.tag == tag:
            yield item
        elif item.tag in _WRAPPERS:
            yield from children_through(item, tag)


def read_table(table: etree._Element, read_cell: CellReader) -> list[BlockDraft]:
    """The table; or, where it only lays out the page around another, what lies in it."""
    return table_or_framed(*_cells(table, read_cell))


def _cells(table: etree._Element, read_cell: CellReader) -> tuple[list[CellDraft], list[list[BlockDraft]]]:
    cells: list[CellDraft] = []
    contents: list[list[BlockDraft]] = []
    above: dict[int, CellDraft] = {}  # by first column
    row_number = 0
    for row in children_through(table, _ROW):
        properties = row.find(_TRPR)
        if properties is not None and properties.find(_DELETED) is not None:
            continue
        column = 0 if properties is None else _value(properties, _GRID_BEFORE)
        here: dict[int, CellDraft] = {}
        left: CellDraft | None = None
        for element in children_through(row, _CELL):
            shape = _shape(element.find(_TCPR))
            upper = above.get(column)
            if shape.continues_left and left is not None:
                left.column_span += shape.span
            elif shape.continues_above and upper is not None:
                left = here[column] = upper
                upper.row_span = row_number - upper.row + 1
                read_cell(element)  # not drawn, but its automatic numbers count
            else:
                left = here[column] = CellDraft(row_number, column, column_span=shape.span)
                cells.append(left)
                contents.append(read_cell(element))
            column += shape.span
            if column > MAX_COLUMNS or len(cells) > MAX_CELLS:
                raise refusal("too_much_content")
        above = here
        row_number += 1
    return cells, contents


def _shape(properties: etree._Element | None) -> _Shape:
    shape = _Shape()
    if properties is None:
        return shape
    for item in properties:
        if item.tag == _GRID_SPAN:
            shape.span = max(1, number_of(item.get(VAL), 1))
        elif item.tag == _VMERGE:
            shape.continues_above = item.get(VAL, "continue") == "continue"
        elif item.tag == _HMERGE:
            shape.continues_left = item.get(VAL, "continue") == "continue"
    return shape


def _value(properties: etree._Element, tag: str) -> int:
    item = properties.find(tag)
    return 0 if item is None else min(MAX_COLUMNS, max(0, number_of(item.get(VAL))))
