"""Tables whose cells a crawler put on lines of their own.

Reads: lines and tables. Writes: the same with such runs of lines made into `Table`s: a run of
column titles, then rows that each begin with the next number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from officialdoc.model import Cell, Paragraph, Table
from officialdoc.read.plan.columns import Role, role_of
from officialdoc.read.plan.deadlines import read_deadline
from officialdoc.read.plan.lines import Line, Piece
from officialdoc.read.plan.ragged import mended

_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5})\.?$")


def with_loose_tables(pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    at = 0
    tables = sum(isinstance(piece, Table) for piece in pieces)
    while at < len(pieces):
        width = _head_width(pieces, at)
        rows, end = _rows(pieces, at, width) if width else ([], at)
        if len(rows) > 2:
            out.append(_table(rows, tables))
            tables += 1
            at = end
        else:
            piece = pieces[at]
            out.append(mended(piece) if isinstance(piece, Table) else piece)
            at += 1
    return out


def _head_width(pieces: list[Piece], at: int) -> int:
    """How many column titles stand on the lines from `at` on; 0 where they are no table head."""
    first = pieces[at]
    if not isinstance(first, Line) or role_of(first.text) != "no":
        return 0
    roles: list[Role] = []
    for piece in pieces[at : at + 10]:
        if not isinstance(piece, Line) or len(piece.text) > 60 or _NUMBER.match(piece.text):
            break
        role = role_of(piece.text)
        if role is None:
            break
        roles.append(role)
    who = any(role in roles for role in ("lead", "both", "performing", "due"))
    return len(roles) if len(roles) >= 3 and "content" in roles and who else 0


def _rows(pieces: list[Piece], at: int, width: int) -> tuple[list[list[Line]], int]:
    """Rows of lines: the head, then one row from each number to the next."""
    rows = [[piece for piece in pieces[at : at + width] if isinstance(piece, Line)]]
    end = at + width
    expected = 1
    while end < len(pieces):
        piece = pieces[end]
        if not isinstance(piece, Line):
            break
        if _NUMBER.match(piece.text) and piece.text.rstrip(".") == str(expected):
            rows.append([piece])
            expected += 1
        elif len(rows) == 1 or (len(rows[-1]) >= width and _ends_table(pieces, end, expected)):
            break
        else:
            rows[-1].append(piece)
        end += 1
    return rows, end


def _ends_table(pieces: list[Piece], at: int, expected: int) -> bool:
    """Whether no further row begins within reach."""
    ahead = pieces[at : at + 12]
    return not any(isinstance(p, Line) and p.text.rstrip(".") == str(expected) for p in ahead)


def _columns(row: list[Line], head: list[Line]) -> Iterator[tuple[int, list[Line]]]:
    """Which lines of a row stand in which column."""
    width = len(head)
    due = next((at for at, title in enumerate(head) if role_of(title.text) == "due"), None)
    if len(row) < width:
        at = 0
        for line in row:
            if due is not None and at <= due and _is_deadline(line.text):
                at = due
            yield min(at, width - 1), [line]
            at += 1
        return
    # Lines too many belong to the content, the first cell behind the number.
    extra = len(row) - width
    for column in range(width):
        first = column if column <= 1 else column + extra
        yield column, row[first : (column + extra if column == 1 else first) + 1]


def _is_deadline(text: str) -> bool:
    read = read_deadline(text, 2000)
    return len(text) < 60 and bool(read.due_on or read.starts_on or read.is_open)


def _table(rows: list[list[Line]], index: int) -> Table:
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        for column, lines in _columns(row, rows[0]):
            paragraphs = tuple(Paragraph(li.text, li.start, li.end, li.page) for li in lines)
            cells.append(Cell(number, column, 1, 1, paragraphs, lines[0].start, lines[-1].end))
    return Table(index, tuple(cells), rows[0][0].start, rows[-1][-1].end, rows[0][0].page)
