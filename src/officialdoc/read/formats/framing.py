"""Tables that only lay out a page around another table.

Reads: a table's cells and what stands in each. Writes: the table, or what it frames.
"""

from __future__ import annotations

from officialdoc.read.formats.drafts import BlockDraft, CellDraft, Line, TableDraft


def table_or_framed(cells: list[CellDraft], contents: list[list[BlockDraft]]) -> list[BlockDraft]:
    """A nested table becomes lines of its cell, unless the outer one is a mere frame:
    one row or one column of cells that holds a real table.
    """
    if _is_frame(cells, contents):
        return [block for content in contents for block in content]
    for cell, content in zip(cells, contents, strict=True):
        cell.lines = _flattened(content)
    return [TableDraft(cells)]


def _flattened(blocks: list[BlockDraft]) -> list[Line]:
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
        else:
            ordered = sorted(block.cells, key=lambda cell: (cell.row, cell.column))
            lines.extend(line for cell in ordered for line in cell.lines)
    return lines


def _is_frame(cells: list[CellDraft], contents: list[list[BlockDraft]]) -> bool:
    holds_table = any(
        isinstance(block, TableDraft) and block.row_count > 1 and block.column_count > 1
        for content in contents
        for block in content
    )
    one_row = all(cell.row == 0 for cell in cells)
    one_column = all(cell.column == 0 for cell in cells)
    return holds_table and (one_row or one_column)
