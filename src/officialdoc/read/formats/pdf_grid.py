"""Ruled lines to the grid of a table.

Reads: rulings of one page. Writes: grids; each knows its cells, merged ones as one.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from officialdoc.read.formats.limits import MAX_PAGE_GRID, MAX_PAGE_LINES
from officialdoc.read.formats.pdf_glyphs import Ruling

_SNAP = 3.0
_SHORTEST = 6.0
_REACH = 4.0  # how far a line may miss the one it should meet
_COVERED = 0.6


@dataclass(frozen=True, slots=True)
class Box:
    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True)
class GridCell:
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]


def grids_of(rulings: Sequence[Ruling]) -> list[Grid]:
    lines = _merged(rulings)
    if len(lines) > MAX_PAGE_LINES:
        return []
    grids = [_grid(group) for group in _connected(lines)]
    found = [grid for grid in grids if grid is not None and grid.cells]
    outer = [grid for grid in found if not any(_inside(grid, other) for other in found)]
    return sorted(outer, key=lambda grid: grid.box.y0)


def _inside(grid: Grid, other: Grid) -> bool:
    a, b = grid.box, other.box
    return grid is not other and b.holds(a.x0, a.y0) and b.holds(a.x1, a.y1) and (a.x1 - a.x0) < (b.x1 - b.x0)


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Pieces of one line joined; scraps dropped."""
    across: dict[bool, list[Ruling]] = {True: [], False: []}
    for ruling in rulings:
        across[ruling.is_horizontal].append(ruling)
    merged: list[Ruling] = []
    for horizontal, lines in across.items():
        merged.extend(_joined(lines, horizontal=horizontal))
    return [line for line in merged if max(line.x1 - line.x0, line.y1 - line.y0) >= _SHORTEST]


def _joined(lines: list[Ruling], *, horizontal: bool) -> list[Ruling]:
    if not horizontal:
        turned = [Ruling(r.y0, r.x0, r.y1, r.x1) for r in lines]
        return [Ruling(r.y0, r.x0, r.y1, r.x1) for r in _joined(turned, horizontal=True)]
    levels = _levels([line.y0 for line in lines])
    placed = sorted((_nearest(levels, line.y0), line.x0, line.x1) for line in lines)
    joined: list[Ruling] = []
    for y, x0, x1 in placed:
        last = joined[-1] if joined else None
        if last is not None and last.y0 == y and x0 <= last.x1 + _SNAP:
            last.x1 = max(last.x1, x1)
        else:
            joined.append(Ruling(x0, y, x1, y))
    return joined


def _levels(values: Iterable[float]) -> list[float]:
    """Values closer than `_SNAP` are one level: their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SNAP:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(levels: Sequence[float], value: float) -> float:
    place = bisect(levels, value)
    return min(levels[max(0, place - 1) : place + 1], key=lambda level: abs(level - value))


def _connected(lines: list[Ruling]) -> list[list[Ruling]]:
    """Lines that meet, directly or through others."""
    leader = list(range(len(lines)))

    def lead(number: int) -> int:
        while leader[number] != number:
            leader[number] = number = leader[leader[number]]
        return number

    across = sorted((line.y0, number) for number, line in enumerate(lines) if line.is_horizontal)
    heights = [y for y, _ in across]
    for number, down in enumerate(lines):
        if down.is_horizontal:
            continue
        for place in range(bisect_left(heights, down.y0 - _REACH), bisect(heights, down.y1 + _REACH)):
            other = across[place][1]
            if lines[other].x0 - _REACH <= down.x0 <= lines[other].x1 + _REACH:
                leader[lead(other)] = lead(number)
    groups: dict[int, list[Ruling]] = {}
    for number, line in enumerate(lines):
        groups.setdefault(lead(number), []).append(line)
    return list(groups.values())


def _grid(lines: list[Ruling]) -> Grid | None:
    across = [line for line in lines if line.is_horizontal]
    down = [line for line in lines if not line.is_horizontal]
    if len(across) < 2 or not down:
        return None
    left, right = min(line.x0 for line in across), max(line.x1 for line in across)
    xs = _levels([line.x0 for line in down])
    # A table may be open at its sides: its rules then reach beyond the outer columns.
    xs = [
        *([left] if left < xs[0] - 3 * _REACH else []),
        *xs,
        *([right] if right > xs[-1] + 3 * _REACH else []),
    ]
    ys = _with_open_ends(_levels([line.y0 for line in across]), down)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MAX_PAGE_GRID:
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Grid(box, tuple(xs), tuple(ys), tuple(_cells(xs, ys, across, down)))


def _with_open_ends(ys: list[float], down: list[Ruling]) -> list[float]:
    """A row cut by the page has no rule at the cut: there the table ends with its uprights."""
    top, bottom = sorted(line.y0 for line in down), sorted(line.y1 for line in down)
    reach = 3 * _REACH
    return [
        *(top[:1] if len(top) > 1 and top[1] < ys[0] - reach else []),
        *ys,
        *(bottom[-1:] if len(bottom) > 1 and bottom[-2] > ys[-1] + reach else []),
    ]


def _cells(xs: list[float], ys: list[float], across: list[Ruling], down: list[Ruling]) -> list[GridCell]:
    columns, rows = len(xs) - 1, len(ys) - 1
    wall = _Walls(across, down)
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while (
                right < columns
                and (row, right) not in taken
                and not wall.upright(xs[right], ys[row], ys[row + 1])
            ):
                right += 1
            below = row + 1
            while (
                below < rows
                and not any(wall.level(ys[below], xs[c], xs[c + 1]) for c in range(column, right))
                and not any((below, c) in taken for c in range(column, right))
            ):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            box = Box(xs[column], ys[row], xs[right], ys[below])
            cells.append(GridCell(row, column, below - row, right - column, box))
    return cells


class _Walls:
    def __init__(self, across: list[Ruling], down: list[Ruling]) -> None:
        self._across = across
        self._down = down

    def upright(self, x: float, y0: float, y1: float) -> bool:
        """Is there a vertical line at `x` along most of y0..y1?"""
        covered = sum(
            max(0.0, min(line.y1, y1) - max(line.y0, y0)) for line in self._down if abs(line.x0 - x) <= _REACH
        )
        return covered >= _COVERED * (y1 - y0)

    def level(self, y: float, x0: float, x1: float) -> bool:
        covered = sum(
            max(0.0, min(line.x1, x1) - max(line.x0, x0))
            for line in self._across
            if abs(line.y0 - y) <= _REACH
        )
        return covered >= _COVERED * (x1 - x0)
