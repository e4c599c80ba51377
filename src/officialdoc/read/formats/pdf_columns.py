"""Text that stands side by side: the header block and the signature block.

Reads: rows of a page from top to bottom. Writes: rows in reading order, the left column
of a side-by-side block before its right one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from officialdoc.read.formats.pdf_rows import Row

_WIDE_GAP = 1.5  # of the size, between two words of one row
_MIN_GUTTER = 9.0
_FAR_BELOW = 4.5  # of the size: rows further apart do not stand in one block


@dataclass(frozen=True, slots=True)
class _Gutter:
    x0: float
    x1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def narrowed(self, row: Row) -> _Gutter | None:
        """What is left of the gutter when `row` keeps it free."""
        best: _Gutter | None = None
        edges = [-1e9, *(edge for word in row.words for edge in (word.x0, word.x1)), 1e9]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            free = _Gutter(max(self.x0, start), min(self.x1, end))
            if free.width >= _MIN_GUTTER and (best is None or free.width > best.width):
                best = free
        return best


@dataclass(slots=True)
class Run:
    """Rows that follow one another: one column of a block, or the width between blocks."""

    rows: list[Row]
    is_aside: bool = False


def in_reading_order(rows: Sequence[Row], left: float, right: float) -> list[Run]:
    runs = [Run([])]
    at = 0
    while at < len(rows):
        gutter = _gutter_at(rows, at, left, right)
        end = at + 1
        if gutter is not None:
            end, gutter = _extended(rows, at, gutter)
        if gutter is None or not _is_block(rows[at:end], gutter):
            runs[-1].rows.append(rows[at])
            at += 1
            continue
        flowing = runs[-1].rows
        start = len(flowing) - _reach_up(flowing, rows[at], gutter)
        first, second = _sides([*flowing[start:], *rows[at:end]], gutter)
        del flowing[start:]
        runs.extend([Run(first, is_aside=True), Run(second, is_aside=True), Run([])])
        at = end
    return [run for run in runs if run.rows]


def _gutter_at(rows: Sequence[Row], at: int, left: float, right: float) -> _Gutter | None:
    row = rows[at]
    width = right - left
    best: _Gutter | None = None
    for a, b in zip(row.words, row.words[1:], strict=False):
        gap = _Gutter(a.x1, b.x0)
        middle = (gap.x0 + gap.x1) / 2
        is_central = left + 0.2 * width < middle < left + 0.8 * width
        if is_central and gap.width > _WIDE_GAP * row.size and (best is None or gap.width > best.width):
            best = gap
    return best or _gutter_between(rows, at, left, right)


def _gutter_between(rows: Sequence[Row], at: int, left: float, right: float) -> _Gutter | None:
    """Two rows one under the other, yet too close: they stand side by side."""
    if at + 1 >= len(rows):
        return None
    row, below = rows[at], rows[at + 1]
    if below.base - row.base > 0.9 * max(row.size, below.size):
        return None
    first, second = sorted((row, below), key=lambda r: r.x0)
    gap = _Gutter(first.x1, second.x0)
    is_central = left + 0.2 * (right - left) < (gap.x0 + gap.x1) / 2 < left + 0.8 * (right - left)
    return gap if gap.width > _MIN_GUTTER and is_central else None


def _extended(rows: Sequence[Row], at: int, gutter: _Gutter) -> tuple[int, _Gutter]:
    end = at + 1
    while end < len(rows):
        row = rows[end]
        if row.base - rows[end - 1].base > _FAR_BELOW * row.size:
            break
        narrowed = gutter.narrowed(row)
        if narrowed is None:
            break
        gutter, end = narrowed, end + 1
    return _without_tail(rows, at, end, gutter), gutter


def _without_tail(rows: Sequence[Row], at: int, end: int, gutter: _Gutter) -> int:
    """Rows at the end that stand right of the gutter alone read the same after the block."""
    while end - 1 > at and rows[end - 1].x0 >= gutter.x1 - 1:
        end -= 1
    return end


def _is_block(rows: Sequence[Row], gutter: _Gutter) -> bool:
    both = [row for row in rows if row.x0 < gutter.x0 and row.x1 > gutter.x1]
    if any(row.x0 >= gutter.x1 - 1 for row in rows) and any(row.x1 <= gutter.x0 + 1 for row in rows):
        return True
    if len(both) > 1:
        return True
    return bool(both) and gutter.width > 2.2 * both[0].size


def _reach_up(above: Sequence[Row], first: Row, gutter: _Gutter) -> int:
    """How many rows just above stand in the left column already."""
    count = 0
    below = first
    for row in reversed(above):
        if row.x1 > gutter.x0 + 1 or below.base - row.base > 2 * max(row.size, below.size):
            break
        count += 1
        below = row
    return count


def _sides(rows: Sequence[Row], gutter: _Gutter) -> tuple[list[Row], list[Row]]:
    first: list[Row] = []
    second: list[Row] = []
    middle = (gutter.x0 + gutter.x1) / 2
    for row in rows:
        left = [word for word in row.words if (word.x0 + word.x1) / 2 < middle]
        right = row.words[len(left) :]
        if left:
            first.append(replace(row, words=left))
        if right:
            second.append(replace(row, words=right))
    return first, second
