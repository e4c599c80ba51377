"""Tables of broadcast slots or sessions.

Reads: a task table's rows and the lines before it. Writes: one task with an occurrence per
row, because each row is one date of the same activity.
"""

from __future__ import annotations

import re

from officialdoc.model import OccurrenceReading, Place, TaskReading
from officialdoc.read.plan.agencies import parties_in
from officialdoc.read.plan.columns import Head
from officialdoc.read.plan.deadlines import first_day_in, read_deadline
from officialdoc.read.plan.grid import Grid
from officialdoc.read.plan.letters import bare, fold, tidy
from officialdoc.read.plan.lines import Line
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
