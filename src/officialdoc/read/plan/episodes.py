"""Tables of broadcast slots or sessions.

Reads: a task table's rows, the lines before it and the outline. Writes: one task with an
occurrence per row, because each row is one date of the same activity.
"""

from __future__ import annotations

import re
from dataclasses import replace

from officialdoc.model import Item, OccurrenceReading, Place, TaskReading
from officialdoc.read.plan.agencies import parties_in
from officialdoc.read.plan.columns import Head
from officialdoc.read.plan.deadlines import first_day_in, read_deadline
from officialdoc.read.plan.grid import Grid
from officialdoc.read.plan.labels import labels_in
from officialdoc.read.plan.letters import bare, fold, tidy
from officialdoc.read.plan.lines import Line
from officialdoc.read.plan.outline import Node
from officialdoc.read.plan.rows import Row
from officialdoc.read.plan.targets import targets_in

_SERIES = re.compile(
    r"phát sóng|phát thanh|truyền hình|trực tiếp|lên sóng|kỳ phát|số phát|tập phim|lịch (?:phát|đối thoại|tiếp)|đối thoại"
)
_DAY = re.compile(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\b|ngay\s+\d{1,2}|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat")
_CLOCK = re.compile(r"\b(\d{1,2})\s*(?:h|g|giờ|:)\s*(\d{2})?(?:\s*(?:phút|'))?")
_ITEM = re.compile(r"^(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)]\s*|^[-+*•]\s*")


def is_episode_table(head: Head, rows: list[Row], lines: list[Line]) -> bool:
    """Rows that each name one day of one activity: no product, no coordinating column."""
    if head.has("coordinating", "product", "both", "note") or len(rows) < 2 or not lines:
        return False
    due = [row.cells[c] for row in rows for c in head.columns("due")]
    dated = sum(bool(_DAY.search(bare(text))) for text in due)
    context = " ".join(fold(line.text) for line in lines[-4:])
    return len(due) >= 2 and dated >= 0.7 * len(due) and bool(_SERIES.search(context))


def task_of(grid: Grid, head: Head, rows: list[Row], lines: list[Line], year: int | None) -> TaskReading:
    number, content, start = _announced_by(lines)
    occurrences = [_occurrence(row, head, year) for row in rows]
    days = [o.on for o in occurrences if o.on]
    last = rows[-1].place
    return TaskReading(
        content=content,
        no=number,
        path=number,
        lead=list(dict.fromkeys(name for o in occurrences for name in o.lead)),
        due_text=None,
        starts_on=min(days, default=None),
        due_on=max(days, default=None),
        targets=targets_in(content),
        occurrences=occurrences,
        source=Place(start, last.end, last.page, grid.table.index, rows[0].place.row),
        confidence=0.8,
    )


def _announced_by(lines: list[Line]) -> tuple[str | None, str, int]:
    """The item the table belongs to: the nearest labelled line above it."""
    for line in reversed(lines[-6:]):
        label = _ITEM.match(line.text)
        if label:
            number = label.group().strip(" .)-+*•") or None
            return number, line.text[label.end() :], line.start
    line = lines[-1]
    return None, line.text, line.start


def _occurrence(row: Row, head: Head, year: int | None) -> OccurrenceReading:
    due = tidy(" ".join(row.cells[c] for c in head.columns("due")))
    lead: list[str] = []
    for column in head.columns("lead"):
        lead += parties_in(row.cells[column]).lead
    deadline = read_deadline(due, year)
    return OccurrenceReading(
        text=tidy(row.content),
        lead=lead,
        on=first_day_in(due) or (deadline.due_on or None),
        time=_time_in(due),
        source=row.place,
    )


def _time_in(text: str) -> str | None:
    times = [f"{int(h):02d}:{m or '00'}" for h, m in _CLOCK.findall(fold(text)) if int(h) < 24]
    return "-".join(times[:2]) or None


def placed_under_items(tasks: list[TaskReading], prose: list[TaskReading], root: Node) -> list[TaskReading]:
    """Give each series the item of the outline its tables stand under; return what is left.

    Several tables under one item are one series; where the item is a task already, it takes
    the occurrences.
    """
    by_start = {task.source.start: task for task in prose if task.source}
    left: list[TaskReading] = []
    for task in tasks:
        owner = _owner_of(task, root) if task.occurrences else None
        if owner is None:
            left.append(task)
        elif owner.start in by_start:
            _take_over(by_start[owner.start], task)
            if not by_start[owner.start].due_text and by_start[owner.start] in prose:
                _set_content(by_start[owner.start], owner)
        else:
            _name_after(task, owner)
            by_start[owner.start] = task
            left.append(task)
    return left


def _owner_of(task: TaskReading, root: Node) -> Node | None:
    """The numbered item above the table; letters and bullets only divide its dates."""
    index = task.source.table if task.source else None
    for node in root.walk():
        if any(table.index == index for table in node.tables):
            at: Node | None = node
            while at and at.parent and at.parent.line and (at.is_bullet or at.style in ("letter", "bracket")):
                at = at.parent
            return at
    return None


def _take_over(task: TaskReading, series: TaskReading) -> None:
    task.occurrences += series.occurrences
    task.lead = task.lead or series.lead
    task.due_on = max([d for d in (task.due_on, series.due_on) if d], default=None)
    task.starts_on = min([d for d in (task.starts_on, series.starts_on) if d], default=None)


def _name_after(task: TaskReading, owner: Node) -> None:
    task.no, task.path = owner.label or None, owner.path or None
    task.group = tidy(owner.parent.heading) or None if owner.parent else None
    _set_content(task, owner)
    if task.source and owner.line:
        task.source = replace(task.source, start=owner.line.start)


def _set_content(task: TaskReading, owner: Node) -> None:
    """The item's own words up to its labels and its first table."""
    first = min((table.start for node in (owner, *owner.walk()) for table in node.tables), default=0)
    said = [(line.start, line.text) for line in owner.body] + [(b.start, b.heading) for b in owner.bullets]
    texts = [owner.heading]
    for start, text in sorted(said):
        labels = labels_in(text)
        if start < first and labels:
            task.details += [Item(label.name, label.value) for label in labels]
        elif start < first and not task.details:
            texts.append(text)
    task.content = tidy(" ".join(texts))
    task.targets = targets_in(task.content)
