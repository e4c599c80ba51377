"""Task tables -> tasks.

Reads: the lines and tables in order, the plan's year. Writes: `TaskReading`s of every table
that assigns work; a table of broadcast slots becomes one task with occurrences (episodes.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from officialdoc.model import Item, TaskReading, Warning_
from officialdoc.read.plan import episodes
from officialdoc.read.plan.agencies import Parties, parties_in, split_agencies
from officialdoc.read.plan.columns import Head, Role, head_of
from officialdoc.read.plan.deadlines import Deadline, read_deadline
from officialdoc.read.plan.grid import Grid, grid_of
from officialdoc.read.plan.letters import bare, tidy
from officialdoc.read.plan.lines import Line, Piece
from officialdoc.read.plan.rows import Row, fill_dittos, rows_of
from officialdoc.read.plan.targets import targets_in

_CARRIED = re.compile(r"chuy[e]n\s+ti[e]p\D{0,20}((?:19|20)\d\d)")
_CLOCK = re.compile(r"\b\d{1,2}\s*(?:h|g|:)\s*\d{0,2}\b")
_PAIR_MARK = re.compile(r"chu tri|phoi hop")


@dataclass(slots=True)
class TableTasks:
    tasks: list[TaskReading] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # the tables they came from


def tasks_in_tables(pieces: list[Piece], year: int | None) -> TableTasks:
    found = TableTasks()
    last: tuple[Head, int] | None = None
    lines: list[Line] = []
    since_table = 0
    for piece in pieces:
        if isinstance(piece, Line):
            lines.append(piece)
            since_table += 1
            continue
        grid = grid_of(piece)
        head = head_of(grid)
        if head is None and last and _goes_on(grid, last, since_table):
            head = replace(last[0], first_row=0)
        since_table = 0
        if head is None or not head.has("content"):
            last = None
            continue
        last = (head, grid.column_count)
        _read_table(grid, head, lines, year, found)
    return found


def _goes_on(grid: Grid, last: tuple[Head, int], lines_between: int) -> bool:
    """A table without a head right behind a task table of as many columns is its next page."""
    return grid.column_count == last[1] and lines_between == 0


def _read_table(grid: Grid, head: Head, lines: list[Line], year: int | None, found: TableTasks) -> None:
    rows = rows_of(grid, head)
    fill_dittos(rows, head)
    work = [row for row in rows if not row.is_group and row.content]
    if not work or _is_schedule(work, head) or not any(row.cells[c] for row in work for c in _who(head)):
        return
    found.tables.add(grid.table.index)
    if episodes.is_episode_table(head, work, lines):
        found.tasks.append(episodes.task_of(grid, head, work, lines, head.year or year))
        return
    year = head.year or year
    for row in work:
        task = _task_of(row, head, year)
        found.tasks.append(task)
        if row.continued:
            found.warnings.append(
                Warning_(
                    "continued_row",
                    f"Hàng {row.no or ''} bị ngắt trang, đã nối lại.".replace("  ", " "),
                    row.place,
                )
            )


def _who(head: Head) -> list[int]:
    return head.columns("lead", "both", "performing", "coordinating") or head.columns("due")


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
    texts = [tidy(row.cells[c]) for c in head.columns(role) if row.cells[c]]
    return (" - ".join(dict.fromkeys(texts)) if role == "due" else "; ".join(dict.fromkeys(texts))) or None


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
