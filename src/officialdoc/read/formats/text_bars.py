"""Tables of crawled pages: a bar behind every cell.

Reads: raw lines and the place of a head that begins with "STT". Writes: the table's rows
and the line after it. A row stands on one line ("1 | Nội dung | Sở A |") or its cells stand
on lines of their own, a line with nothing but a bar closing each. Cells merged on the page
are missing, so rows may be shorter than the head.
"""

from __future__ import annotations

import re
from collections import Counter

_NUMBER_HEADING = re.compile(r"(?:s?tt|số tt|số thứ tự)\.?", re.IGNORECASE)
_TITLE = re.compile(
    rf"{_NUMBER_HEADING.pattern}|(?:nội dung|nhiệm vụ|công việc|hoạt động)(?:\s\w+){{0,4}}", re.IGNORECASE
)
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVXL]{1,5}|[A-E])[.)]?")
_BULLET = re.compile(r"[-–+*•]\s?\S")
_SECTION = re.compile(r"[IVX]{1,5}\s?[.)–-]\s?\S|Điều \d|Nơi nhận|PHỤ LỤC|Phụ lục [IVX\d]*$|TM\.|KT\.")
_BAR = re.compile(r"(?<!\\)\|")
_LEAST_COLUMNS, _MOST_COLUMNS = 3, 12
_MOST_TITLES = 18
_LONGEST_CELL = 60  # lines
_MOST_CELLS = 20_000
_Rows = list[list[str]]


def rows_with_bars(rows: list[str], at: int) -> tuple[_Rows, int] | None:
    first = rows[at].strip()
    if first.endswith("|") and not first.startswith("|"):
        return _rows_on_lines(rows, at)
    return _cells_on_lines(rows, at) if _NUMBER_HEADING.fullmatch(first) else None


def _rows_on_lines(rows: list[str], at: int) -> tuple[_Rows, int] | None:
    found: _Rows = []
    for line in map(str.strip, rows[at:]):
        if not line.endswith("|"):
            break
        found.append([cell.strip() for cell in _BAR.split(line)[:-1]])
    is_table = len(found) > 1 and _LEAST_COLUMNS <= len(found[0]) <= _MOST_COLUMNS
    return (found, at + len(found)) if is_table and any(map(_TITLE.fullmatch, found[0])) else None


def _cells_on_lines(rows: list[str], at: int) -> tuple[_Rows, int] | None:
    cells, ends = _closed_cells(rows, at)
    titles = next((n for n, cell in enumerate(cells) if _NUMBER.fullmatch(cell)), 0)
    if not _LEAST_COLUMNS <= titles <= _MOST_TITLES:
        return None
    body = _rows_by_number(cells[titles:])
    width = _usual_width(body, titles)
    found = _head_rows(cells[:titles], width)
    for row in body:
        found.extend(_unmerged(row, width))
    if len(found[-1]) > width:
        ends = ends[: width - len(found[-1])]
        del found[-1][width:]
    return found, ends[-1]


def _closed_cells(rows: list[str], at: int) -> tuple[list[str], list[int]]:
    """The cells with the line behind each, up to a section or a text that no bar closes."""
    cells: list[str] = []
    ends: list[int] = []
    lines: list[str] = []
    for number in range(at, len(rows)):
        line = rows[number].strip()
        if line == "|":
            cells.append(_joined(lines))
            ends.append(number + 1)
            lines = []
        elif line:
            lines.append(line)
        if _SECTION.match(line) or len(lines) > _LONGEST_CELL or len(cells) > _MOST_CELLS:
            break
    return cells, ends


def _joined(lines: list[str]) -> str:
    """A cell's lines were broken anywhere; list items in it begin lines of their own."""
    text = ""
    for line in lines:
        text += ("\n" if _BULLET.match(line) else " ") + line
    return text.strip()


def _rows_by_number(cells: list[str]) -> _Rows:
    found: _Rows = []
    last = 0
    for cell in cells:
        if _NUMBER.fullmatch(cell) and (not found or _may_end(found[-1], cell, last)):
            found.append([])
            last = int(cell.strip("(.)")) if cell.strip("(.)").isdigit() else last
        if found:
            found[-1].append(cell)
    return found


def _may_end(row: list[str], number: str, last: int) -> bool:
    plain = number.strip("(.)")
    if all(_NUMBER.fullmatch(cell) for cell in row):  # the row "(1) (2) (3)" under a head
        return plain == "1" and len(row) >= _LEAST_COLUMNS
    return not plain.isdigit() or int(plain) in (1, last + 1)


def _usual_width(body: _Rows, titles: int) -> int:
    sizes = Counter(len(row) for row in body if _LEAST_COLUMNS <= len(row) <= titles)
    return max(sizes, key=lambda size: (sizes[size], size), default=titles)


def _head_rows(titles: list[str], width: int) -> _Rows:
    """Two rows where some titles stand over a pair of others."""
    pairs = len(titles) - width
    if pairs < 1 or 3 * pairs >= len(titles):
        return [titles]
    return [titles[: -2 * pairs], titles[-2 * pairs :]]


def _unmerged(row: list[str], width: int) -> _Rows:
    """A row too long holds the rest of merged cells: rows without the number and content."""
    found, rest = [row[:width]], row[width:]
    if not rest:
        return found
    for size in (width - 2, width - 1, width - 3):
        if size > 1 and len(rest) % size == 0:
            return found + [rest[at : at + size] for at in range(0, len(rest), size)]
    return [row]
