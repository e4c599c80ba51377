"""Task tables -> tasks.

Reads: the lines and tables in order, the plan's year. Writes: `TaskReading`s of every table
that assigns work; a table of broadcast slots becomes one task with occurrences (episodes.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from officialdoc.model import Item, TaskReading, Warning_
from officialdoc.read.plan import episodes
from officialdoc.read.plan.agencies import Parties, begins_agency, parties_in, split_agencies
from officialdoc.read.plan.columns import Head, Role, head_of
from officialdoc.read.plan.deadlines import Deadline, read_deadline
from officialdoc.read.plan.grid import Grid, grid_of
from officialdoc.read.plan.letters import bare, tidy
from officialdoc.read.plan.lines import Line, Piece
from officialdoc.read.plan.rows import Row, fill_dittos, rows_of
from officialdoc.read.plan.targets import targets_in

_CARRIED = re.compile(r"chuy[e]n\s+ti[e]p\D{0,20}((?:19|20)\d\d)")
_CLOCK = re.compile(r"\b\d{1,2}\s*(?:h|g|:)\s*\d{0,2}\b")
_MARK = re.compile(r"^[x*v✓√+]$")
_PERIOD = re.compile(r"(?:quy|thang|nam)\s+(?:[ivx]+|\d+)$")
_PAIR_MARK = re.compile(r"chu tri|phoi hop")


@dataclass(slots=True)
class TableTasks:
    tasks: list[TaskReading] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # the tables they came from


Pages = list[tuple[Grid, Head]]


def tasks_in_tables(pieces: list[Piece], year: int | None) -> TableTasks:
    found = TableTasks()
    for pages, lines in _runs(pieces):
        _read_table(pages, lines, year, found)
    return found


def _runs(pieces: list[Piece]) -> Iterator[tuple[Pages, list[Line]]]:
    """Tables that assign work, with the pages one table runs over kept together."""
    pages: Pages = []
    lines: list[Line] = []
    before: list[Line] = []
    is_next = False
    for piece in pieces:
        if isinstance(piece, Line):
            lines.append(piece)
            is_next = False
            continue
        grid = grid_of(piece)
        head = head_of(grid)
        if pages and is_next and _goes_on(grid, head, pages[-1]):
            pages.append((grid, head or replace(pages[-1][1], first_row=0)))
            continue
        if pages:
            yield pages, before
        pages, before = ([(grid, head)] if head and head.has("content") else []), list(lines[-8:])
        is_next = True
    if pages:
        yield pages, before


def _goes_on(grid: Grid, head: Head | None, last: tuple[Grid, Head]) -> bool:
    """The next page of a table: as many columns, no head of its own or the same one."""
    if grid.column_count != last[0].column_count:
        return False
    return head is None or head.roles == last[1].roles


def _read_table(pages: Pages, lines: list[Line], year: int | None, found: TableTasks) -> None:
    grid, head = pages[0]
    rows = rows_of(pages)
    fill_dittos(rows, head)
    work = [row for row in rows if not row.is_group and row.content]
    if not work or _is_schedule(work, head) or not any(row.cells[c] for row in work for c in _who(head)):
        return
    found.tables.update(page.table.index for page, _ in pages)
    year = head.year or year
    if episodes.is_episode_table(head, work, lines):
        found.tasks.append(episodes.task_of(grid, head, work, lines, year))
        return
    for row in work:
        found.tasks.append(_task_of(row, head, year))
        if row.continued:
            message = (
                f"Hàng {row.no} bị ngắt trang, đã nối lại."
                if row.no
                else "Một hàng bị ngắt trang, đã nối lại."
            )
            found.warnings.append(Warning_("continued_row", message, row.place))


def _who(head: Head) -> list[int]:
    return _named(head) or head.columns("due")


def _named(head: Head) -> list[int]:
    return head.columns("lead", "both", "performing", "coordinating")


def _is_schedule(rows: list[Row], head: Head) -> bool:
    """The running order of a meeting: clock times without dates."""
    texts = [bare(row.cells[c]) for row in rows for c in head.columns("due") if row.cells[c]]
    clocks = [
        t for t in texts if _CLOCK.search(t) and not re.search(r"\d{1,2}\s*/\s*\d|ngay\s+\d|thang\s+\d", t)
    ]
    return bool(texts) and len(clocks) >= 0.6 * len(texts)


def _task_of(row: Row, head: Head, year: int | None) -> TaskReading:
    due_text = _joined(row, head, "due")
    deadline = read_deadline(due_text, year)
    parties = _parties(row, head)
    if not _named(head) and row.groups and begins_agency(row.groups[-1][1]):
        parties.lead = split_agencies(row.groups[-1][1])
    note = _joined(row, head, "note")
    content = tidy(row.content)
    task = TaskReading(
        content=content,
        no=row.no,
        path=_path(row),
        group=_group(row, head),
        lead=parties.lead,
        coordinating=parties.coordinating,
        performing=[n for c in head.columns("performing") for n in split_agencies(row.cells[c])],
        monitoring=[n for c in head.columns("monitoring") for n in split_agencies(row.cells[c])],
        product=_joined(row, head, "product"),
        details=[
            Item(head.labels[c], tidy(row.cells[c]), row.place) for c in head.columns("other") if row.cells[c]
        ],
        due_text=due_text,
        starts_on=deadline.starts_on,
        due_on=deadline.due_on,
        before=deadline.before,
        targets=targets_in(content),
        carried_over_from=carried_over_from(note) or carried_over_from(content),
        note=note,
        source=row.place,
    )
    task.confidence = _confidence(task, row, deadline)
    return task


def carried_over_from(text: str | None) -> int | None:
    """The year a task comes over from: "Nhiệm vụ chuyển tiếp năm 2018"."""
    found = _CARRIED.search(bare(text or ""))
    return int(found.group(1)) if found else None


def _joined(row: Row, head: Head, role: Role) -> str | None:
    texts = [_said(row.cells[c], head.labels[c]) for c in head.columns(role) if row.cells[c]]
    return (" - " if role == "due" else "; ").join(dict.fromkeys(texts)) or None


def _said(text: str, label: str) -> str:
    """A mark in a column named "Quý I" or "Năm 2026" says what its title says."""
    if _MARK.match(bare(text)) and _PERIOD.search(bare(label)):
        return label.rsplit(" / ", 1)[-1]
    return tidy(text)


def _parties(row: Row, head: Head) -> Parties:
    parties = Parties()
    for column in head.columns("lead", "both"):
        text = row.cells[column]
        if head.roles[column] == "both" or _PAIR_MARK.search(bare(text)):
            read = parties_in(text)
            parties.lead += read.lead
            parties.coordinating += read.coordinating
        else:
            parties.lead += split_agencies(text)
    for column in head.columns("coordinating"):
        parties.coordinating += split_agencies(row.cells[column])
    return parties


def _path(row: Row) -> str | None:
    parts = [number for number, _ in row.groups if number]
    if row.no:
        parts = [p for p in parts if not row.no.startswith(f"{p}.")]
        parts.append(row.no)
    return ".".join(parts) or None


def _group(row: Row, head: Head) -> str | None:
    for column in head.columns("group"):
        if row.cells[column]:
            return tidy(row.cells[column])
    return row.groups[-1][1] if row.groups else None


def _confidence(task: TaskReading, row: Row, deadline: Deadline) -> float:
    sure = 0.98
    if not task.lead and not task.performing:
        sure -= 0.25
    if task.due_text and not (deadline.due_on or deadline.starts_on or deadline.is_open):
        sure -= 0.1
    if row.continued:
        sure -= 0.05
    return round(sure, 2)
