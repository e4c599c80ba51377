"""Tables whose merged cells were lost, so that rows are shorter than their head.

Reads: `Table`. Writes: the same table with each short row's cells under their titles again
and the cell above stretched over the places they left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from officialdoc.model import Cell, Table
from officialdoc.read.plan.agencies import begins_agency
from officialdoc.read.plan.columns import Role, role_of
from officialdoc.read.plan.deadlines import read_deadline
from officialdoc.read.plan.grid import cell_text
from officialdoc.read.plan.letters import bare, tidy

_MOST_COLUMNS, _MOST_LOST = 9, 5
_LEAST_TITLES = 3
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[ivxlc]+|[a-zđ])[.)]?")
# Titles that stand over titles of their own.
_OVER_BODIES = re.compile(r"phan cong|co quan|don vi|trach nhiem|to chuc|thuc hien|bo phan")
_OVER_DATES = re.compile(r"thoi gian|thoi han|tien do|lo trinh|nam")
_BODIES: tuple[Role, ...] = ("lead", "both", "coordinating", "performing", "monitoring")
_Row = list[Cell]


def mended(table: Table) -> Table:
    """The table itself where no cell was lost, or where it cannot be told which."""
    rows = _rows_of(table)
    if not rows or not _LEAST_TITLES <= table.column_count <= _MOST_COLUMNS:
        return table
    head = next((at for at, row in enumerate(rows[:4]) if _is_head(row)), None)
    if head is None:
        return table
    titles = [cell for cell in rows[head] if cell.text.strip()]
    width = max(len(titles), *(len(row) for row in rows[head + 1 :]), 0)
    placed, roles, first = _head_of(titles, rows[head + 1 :], width)
    if not roles or (first == 1 and all(len(row) == width for row in rows[head + 1 :])):
        return table
    before = [cell for row in rows[:head] for cell in row]
    body = _placed_body(rows[head + first :], roles)
    return replace(table, cells=(*before, *placed, *body))


def _rows_of(table: Table) -> list[_Row]:
    """Rows of cells that follow one another from the left; none for a table with spans."""
    rows: list[_Row] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        if cell.row_span > 1 or cell.column_span > 1 or cell.column != len(rows[cell.row]):
            return []
        rows[cell.row].append(cell)
    return rows


def _is_head(row: _Row) -> bool:
    titles = [cell for cell in row if cell.text.strip()]
    return len(titles) >= _LEAST_TITLES and role_of(titles[0].text) == "no"


def _head_of(titles: _Row, below: list[_Row], width: int) -> tuple[_Row, list[Role], int]:
    """The head's cells in their places, what each column holds, and the rows it takes."""
    if len(titles) == width:
        return titles, [role_of(cell.text) or "other" for cell in titles], 1
    leaves = [cell for cell in below[0] if cell.text.strip()] if below else []
    parents = len(titles) - (width - len(leaves))
    if not leaves or not all(role_of(cell.text) for cell in leaves):
        return titles, [], 1
    if parents < 1 or len(leaves) % parents:
        return titles, [], 1
    chosen = _parents(titles, leaves, parents)
    if chosen is None:
        return titles, [], 1
    share = len(leaves) // parents
    placed: _Row = []
    roles: list[Role] = []
    queue = list(leaves)
    for cell in titles:
        column = len(roles)
        if cell not in chosen:
            placed.append(replace(cell, column=column, row_span=2))
            roles.append(role_of(cell.text) or "other")
            continue
        placed.append(replace(cell, column=column, column_span=share))
        for leaf in queue[:share]:
            placed.append(replace(leaf, column=len(roles)))
            roles.append(role_of(leaf.text) or role_of(cell.text) or "other")
        del queue[:share]
    return placed, roles, 2


def _parents(titles: _Row, leaves: _Row, count: int) -> _Row | None:
    dated = any(role_of(leaf.text) == "due" for leaf in leaves)
    named = any(role_of(leaf.text) in _BODIES for leaf in leaves)
    fitting = [
        cell
        for cell in titles[1:]
        if (named and _OVER_BODIES.search(bare(cell.text)) and role_of(cell.text) not in ("content", "due"))
        or (dated and _OVER_DATES.search(bare(cell.text)) and role_of(cell.text) != "content")
    ]
    return fitting if len(fitting) == count else None


def _placed_body(rows: list[_Row], roles: list[Role]) -> list[Cell]:
    width = len(roles)
    placed: list[Cell] = []
    above: dict[int, int] = {}  # column -> index in `placed` of the cell that covers it
    for row in rows:
        columns = _columns_of(row, roles)
        lost = [c for c in range(width) if c not in columns] if _is_rest(row, columns) else []
        for column in lost:
            if column in above:
                owner = placed[above[column]]
                placed[above[column]] = replace(owner, row_span=owner.row_span + 1)
        for cell, column in zip(row, columns, strict=True):
            above[column] = len(placed)
            placed.append(replace(cell, column=column))
        for column in set(range(width)) - set(columns) - set(lost):
            above.pop(column, None)
    return placed


def _is_rest(row: _Row, columns: list[int]) -> bool:
    return columns != list(range(len(row)))


def _columns_of(row: _Row, roles: list[Role]) -> list[int]:
    """The columns that suit a row's cells best; those from the left where none suits better."""
    lost = len(roles) - len(row)
    texts = [cell_text(cell) for cell in row]
    usual = list(range(len(row)))
    is_numbered = bool(_NUMBER.fullmatch(bare(texts[0])))
    if lost < 1 or lost > _MOST_LOST or len(row) < (3 if is_numbered else 2):
        return usual
    choices = list(combinations(range(len(roles)), len(row)))
    best = list(max(choices, key=lambda columns: _fit(texts, columns, roles)))
    return best if _fit(texts, best, roles) > _fit(texts, usual, roles) or not is_numbered else usual


def _fit(texts: list[str], columns: Iterable[int], roles: list[Role]) -> float:
    taken = list(columns)
    fit = sum(_suits(text, roles[column]) for text, column in zip(texts, taken, strict=True))
    lost = [role for column, role in enumerate(roles) if column not in taken]
    # A number and its content are merged together.
    return fit + 1.5 * (("no" in lost) == ("content" in lost)) + 0.5 * ("no" in lost)


def _suits(text: str, role: Role) -> float:
    if not text:
        return 0.0
    if role == "no":
        return 2.0 if _NUMBER.fullmatch(bare(text)) else -5.0
    if _is_date(text):
        return 2.0 if role == "due" else -2.0
    if begins_agency(text):
        return 2.0 if role in _BODIES else -1.0
    return -1.0 if role == "due" or role in _BODIES else 0.5


def _is_date(text: str) -> bool:
    read = read_deadline(tidy(text), 2000)
    return len(text) < 80 and bool(read.due_on or read.starts_on or read.is_open)
