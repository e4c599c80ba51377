"""A table of any size in one pass over its rows.

Reads: a `TableBlock`. Writes: a w:tbl whose columns fill the text width, whose header
repeats on every page and whose rows are split between pages only where they are too tall for one.

The rows are written as text and parsed once: six times faster than making their elements
one by one, which counts in an annex of hundreds of agencies.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from xml.sax.saxutils import escape

from docx.oxml.ns import nsmap
from lxml import etree

from .characters import printable
from .model import Column, TableBlock, TableCell, TableRow
from .word_xml import Element, mm

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in SIDES)
PADDING = {"top": 30, "left": 70, "bottom": 30, "right": 70}  # twips
MARGINS = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in PADDING.items())
HEAD_ROW = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
WHOLE_ROW = "<w:trPr><w:cantSplit/></w:trPr>"
OpenCells = dict[int, tuple[TableCell, int]]  # by column: the merged cell above, the rows it still covers


def table(block: TableBlock, text_width: float) -> Element:
    """`text_width` in millimetres."""
    widths = column_widths(block.columns, mm(text_width))
    rows = "".join(
        (
            *row_texts(block.header, block.columns, widths, is_header=True),
            *row_texts(block.rows, block.columns, widths, is_header=False, tall=block.tall_rows),
        )
    )
    return etree.fromstring(f'<w:tbl xmlns:w="{nsmap["w"]}">{properties(widths)}{rows}</w:tbl>')


def column_widths(columns: tuple[Column, ...], room: int) -> list[int]:
    """Twips in proportion to the shares; what rounding leaves goes to the last column."""
    total = sum(column.width for column in columns)
    widths = [int(room * column.width / total) for column in columns]
    widths[-1] += room - sum(widths)
    return widths


def properties(widths: list[int]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{BORDERS}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def row_texts(
    rows: tuple[TableRow, ...],
    columns: tuple[Column, ...],
    widths: list[int],
    *,
    is_header: bool,
    tall: Container[int] = (),
) -> Iterator[str]:
    open_cells: OpenCells = {}
    start = HEAD_ROW if is_header else WHOLE_ROW
    for index, row in enumerate(rows):
        cells = "".join(cell_texts(row, columns, widths, open_cells, is_header=is_header))
        yield f"<w:tr>{'' if index in tall else start}{cells}</w:tr>"


def cell_texts(
    row: TableRow, columns: tuple[Column, ...], widths: list[int], open_cells: OpenCells, *, is_header: bool
) -> Iterator[str]:
    """The row's own cells and, in the columns where a cell above reaches down, its empty rest."""
    waiting, column = iter(row), 0
    while column < len(columns):
        if column in open_cells:
            cell, left = open_cells.pop(column)
            merge, content = "<w:vMerge/>", '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'
        else:
            cell = next(waiting)
            left = cell.row_span
            merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
            content = paragraphs(cell, columns[column], is_header=is_header)
        if left > 1:
            open_cells[column] = (cell, left - 1)
        width = sum(widths[column : column + cell.col_span])
        yield f"<w:tc>{cell_properties(width, cell.col_span, merge, is_header=is_header)}{content}</w:tc>"
        column += cell.col_span
    assert next(waiting, None) is None, "a row has more cells than its table has columns"


def cell_properties(width: int, span: int, merge: str, *, is_header: bool) -> str:
    grid_span = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    middle = '<w:vAlign w:val="center"/>' if is_header else ""
    return f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{grid_span}{merge}{middle}</w:tcPr>'


def paragraphs(cell: TableCell, column: Column, *, is_header: bool) -> str:
    """One paragraph a line; a head cell is centred and bold by its style."""
    style = "TableHead" if is_header else "TableText"
    aligned = "" if is_header or column.align == "left" else f'<w:jc w:val="{column.align}"/>'
    bold = "<w:rPr><w:b/></w:rPr>" if cell.bold and not is_header else ""
    start = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aligned}</w:pPr><w:r>{bold}<w:t xml:space="preserve">'
    lines = escape(printable(cell.text)).split("\n")
    return "".join(f"{start}{line}</w:t></w:r></w:p>" for line in lines)
