"""Rows that a page break cut in two: the number cell empty, the text going on.

Reads: a table draft. Writes: the same table with such rows joined to the row above and a
note on each.
"""

from __future__ import annotations

import re
from bisect import bisect

from officialdoc.read.formats.drafts import CellDraft, RowNote, TableDraft

CODE = "continued_row"
_MESSAGE = "Hàng bị ngắt trang (ô số thứ tự trống, chữ viết tiếp) đã được nối vào hàng trên."
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,6}|[A-Za-zđĐ])[.)]?")
_NUMBER_HEADING = re.compile(r"(?:s?tt|số tt|số thứ tự|no\.?)", re.IGNORECASE)
_FINISHED = re.compile(r"[.;:!?]\W*$")


_Row = dict[int, CellDraft]  # by column


def join_cut_rows(table: TableDraft, *, page_breaks: frozenset[int] = frozenset()) -> TableDraft:
    """Joins rows that plainly continue the one above; at a row of `page_breaks` (the first
    row of a page) it is enough that one cell goes on.
    """
    if not _has_number_column(table):
        return table
    rows: dict[int, _Row] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, {})[cell.column] = cell
    content = _content_column(table)
    above: _Row = {}
    joined: dict[int, int] = {}  # the row that went, and the one it went into
    last = 0
    for number in sorted(rows):
        here = rows[number]
        if _continues(above, here, content, at_break=number in page_breaks):
            _add(above, here)
            joined[number] = last
        else:
            above, last = here, number
    return _without(table, joined) if joined else table


def _has_number_column(table: TableDraft) -> bool:
    first = [cell for cell in table.cells if cell.column == 0]
    if table.column_count < 3 or any(cell.column_span > 1 and cell.row == 0 for cell in first):
        return False
    if any(_NUMBER_HEADING.fullmatch(cell.text.strip()) for cell in first[:2]):
        return True
    filled = [cell for cell in first[1:] if cell.lines]
    numbers = [cell for cell in filled if _NUMBER.fullmatch(cell.text)]
    return len(numbers) >= 2 and len(numbers) >= 0.8 * len(filled)


def _continues(above: _Row, here: _Row, content: int, *, at_break: bool) -> bool:
    number = above.get(0)
    if number is None or 0 not in here or here[0].lines or not _NUMBER.fullmatch(number.text):
        return False
    if any(cell.row_span > 1 for cell in (*here.values(), *above.values())):
        return False
    pairs = [(above.get(column), cell) for column, cell in here.items() if cell.lines]
    if not pairs or any(upper is None or not upper.lines for upper, _ in pairs):
        return False
    goes_on = [_goes_on(upper, cell) for upper, cell in pairs if upper is not None]
    if at_break:
        return any(goes_on)
    return all(goes_on) and content in here and here[content].text[:1].islower()


def _goes_on(above: CellDraft, here: CellDraft) -> bool:
    return here.lines[0].text[:1].islower() or not _FINISHED.search(above.lines[-1].text)


def _content_column(table: TableDraft) -> int:
    lengths: dict[int, int] = {}
    for cell in table.cells:
        if cell.column_span == 1:
            lengths[cell.column] = lengths.get(cell.column, 0) + len(cell.text)
    return max(lengths, key=lambda column: lengths[column], default=0)


def _add(above: _Row, here: _Row) -> None:
    for column, cell in here.items():
        if not cell.lines:
            continue
        upper = above[column]
        if _goes_on(upper, cell) and not cell.lines[0].text.startswith(("-", "+", "•")):
            upper.lines[-1].text += " " + cell.lines[0].text
            upper.lines.extend(cell.lines[1:])
        else:
            upper.lines.extend(cell.lines)


def _without(table: TableDraft, joined: dict[int, int]) -> TableDraft:
    """The table without the joined rows, those below moved up, each join noted once."""
    gone = sorted(joined)
    table.cells = [cell for cell in table.cells if cell.row not in joined]
    for cell in table.cells:
        cell.row -= bisect(gone, cell.row)
    for row in sorted(set(joined.values())):
        table.notes.append(RowNote(row - bisect(gone, row), CODE, _MESSAGE))
    return table
