"""A table of any size in one pass over its rows.

Reads: a `TableBlock`. Writes: a w:tbl whose columns fill the text width, whose header
repeats on every page and whose rows are never split between pages.
"""

from __future__ import annotations

from .model import Column, TableBlock, TableCell, TableRow
from .word_xml import Element, el, mm, paragraph, run

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
PADDING = {"top": 30, "left": 70, "bottom": 30, "right": 70}  # twips


def table(block: TableBlock, text_width: float) -> Element:
    """`text_width` in millimetres."""
    widths = column_widths(block.columns, mm(text_width))
    grid = el("tblGrid", *(el("gridCol", w=width) for width in widths))
    element = el("tbl", table_properties(sum(widths)), grid)
    element.extend(rows(block.header, block.columns, widths, is_header=True))
    element.extend(rows(block.rows, block.columns, widths, is_header=False))
    return element


def column_widths(columns: tuple[Column, ...], room: int) -> list[int]:
    """Twips in proportion to the shares; what rounding leaves goes to the last column."""
    total = sum(column.width for column in columns)
    widths = [int(room * column.width / total) for column in columns]
    widths[-1] += room - sum(widths)
    return widths


def table_properties(width: int) -> Element:
    return el(
        "tblPr",
        el("tblW", w=width, type="dxa"),
        el("jc", val="center"),
        el("tblBorders", *(el(side, val="single", sz=4, space=0, color="auto") for side in SIDES)),
        el("tblLayout", type="fixed"),
        el("tblCellMar", *(el(side, w=width, type="dxa") for side, width in PADDING.items())),
    )


def rows(
    lines: tuple[TableRow, ...], columns: tuple[Column, ...], widths: list[int], *, is_header: bool
) -> list[Element]:
    """`open_cells` keeps, per column, the merged cell above and how many rows it still covers."""
    open_cells: dict[int, tuple[TableCell, int]] = {}
    return [row(line, columns, widths, open_cells, is_header=is_header) for line in lines]


def row(
    line: TableRow,
    columns: tuple[Column, ...],
    widths: list[int],
    open_cells: dict[int, tuple[TableCell, int]],
    *,
    is_header: bool,
) -> Element:
    element = el("tr", row_properties(is_header=is_header))
    waiting, column = iter(line), 0
    while column < len(columns):
        if column in open_cells:
            cell, left = open_cells.pop(column)
            content = [paragraph(style="TableText")]
            merge: Element | None = el("vMerge")
        else:
            cell = next(waiting)
            left = cell.row_span
            content = cell_content(cell, columns[column], is_header=is_header)
            merge = el("vMerge", val="restart") if cell.row_span > 1 else None
        if left > 1:
            open_cells[column] = (cell, left - 1)
        width = sum(widths[column : column + cell.col_span])
        element.append(el("tc", cell_properties(width, cell.col_span, merge, is_header=is_header), *content))
        column += cell.col_span
    assert next(waiting, None) is None, "a row has more cells than its table has columns"
    return element


def row_properties(*, is_header: bool) -> Element:
    return el("trPr", el("cantSplit"), el("tblHeader")) if is_header else el("trPr", el("cantSplit"))


def cell_properties(width: int, span: int, merge: Element | None, *, is_header: bool) -> Element:
    properties = el("tcPr", el("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(el("gridSpan", val=span))
    if merge is not None:
        properties.append(merge)
    if is_header:
        properties.append(el("vAlign", val="center"))
    return properties


def cell_content(cell: TableCell, column: Column, *, is_header: bool) -> list[Element]:
    style = "TableHead" if is_header else "TableText"
    align = None if is_header or column.align == "left" else column.align
    return [
        paragraph(run(line, bold=cell.bold and not is_header), style=style, align=align)
        for line in cell.text.split("\n")
    ]
