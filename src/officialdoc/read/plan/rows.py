"""The rows of a task table, made whole.

Reads: `Grid` and its `Head`. Writes: `Row`s in order: group rows and task rows, with rows cut
by a page break put together again and repeated heads left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from officialdoc.model import Place
from officialdoc.read.plan.agencies import begins_agency
from officialdoc.read.plan.columns import Head, Role, is_head_row
from officialdoc.read.plan.grid import Grid
from officialdoc.read.plan.letters import bare, fold, is_upper, tidy

_NUMBER = re.compile(r"^\(?((?:[ivxlc]+|[a-zđ]|\d{1,3})(?:\.\d{1,2}){0,4})\s*[.)/-]?$")
_LEADING = re.compile(
    r"^\(?((?:[IVXLC]+|\d{1,3}(?:\.\d{1,2}){0,4}|[a-zđ]))\s*[.)/]\s+(?=\S)|^(\d{1,2}(?:\.\d{1,2}){1,4})\s+(?=\S)"
)
_DITTO = re.compile(r"^(?:-?\s*(?:nt|nhu tren)\s*-?|[\"'“”″〃]{1,2}|-\s*[\"“”″]\s*-)\.?$")
_TOTAL = re.compile(r"^(?:tổng|tổng số|tổng cộng|cộng)\s*:?$")
_FINISHED = re.compile(r"[.;:!?”\"]$")
_WORKING: tuple[Role, ...] = ("lead", "both", "coordinating", "performing", "due", "product")


@dataclass(slots=True)
class Row:
    no: str | None
    content: str
    cells: dict[int, str]  # column -> text
    place: Place
    is_group: bool = False
    continued: bool = False
    groups: list[tuple[str, str]] = field(default_factory=list)  # (number, title), outermost first
    shared: bool = False  # its content cell is merged over several rows


def rows_of(pages: list[tuple[Grid, Head]]) -> list[Row]:
    """Task rows of one table, which may stand on several pages, each with its groups."""
    found: list[Row] = []
    for grid, head in pages:
        for at in range(head.first_row, grid.row_count):
            _add_row(found, grid, head, at)
    if pages:
        _mark_groups(found, pages[0][1])
    return found


def _add_row(found: list[Row], grid: Grid, head: Head, at: int) -> None:
    row = _row_at(grid, head, at)
    last = found[-1] if found else None
    if row is None:
        return
    if last and _has_slid(grid, head, at):
        _slide_back(row, last, grid.column_count)
        found.append(row)
    elif last and _repeats_merge(grid, head, at):
        if _own_cells_differ(grid, head, at):
            row.no, row.shared, row.is_group = row.no or last.no, True, False
            found.append(row)
    elif last and _is_continuation(head, row, last):
        _append(last, row)
    elif last and not row.content and not last.is_group:
        row.no, row.content, row.shared = row.no or last.no, last.content, True
        found.append(row)
    else:
        found.append(row)


def _has_slid(grid: Grid, head: Head, at: int) -> bool:
    """Whether a crawler dropped merged cells, so that the rest stands too far left."""
    texts = grid.texts(at)
    first, numbers = texts[0], head.columns("no")
    if numbers != [0] or not first or _number(first) or texts[-1]:
        return False
    return begins_agency(first) and head.columns("content")[0] < grid.column_count - 1


def _slide_back(row: Row, last: Row, width: int) -> None:
    own = [text for _, text in sorted(row.cells.items())]
    while own and not own[-1]:
        own.pop()
    kept = width - len(own)
    row.cells = {c: last.cells[c] if c < kept else own[c - kept] for c in range(width)}
    row.no, row.content, row.shared, row.is_group = last.no, last.content, True, False


def _row_at(grid: Grid, head: Head, at: int) -> Row | None:
    texts = grid.texts(at)
    if not any(texts) or is_head_row(grid, at):
        return None
    number_columns, content_column = head.columns("no"), head.columns("content")[0]
    number = tidy(" ".join(texts[c] for c in number_columns)) if number_columns else ""
    content = texts[content_column]
    cells = grid.cells(at)
    spans = len(cells) <= 2 and any(cell.column_span >= max(2, grid.column_count - 2) for cell in cells)
    if spans or (number and number == content):
        content = max((grid_text for grid_text in texts), key=len)
        number = number if number != content else ""
    no = _number(number)
    if no is None and number and not content:
        content = number
    if no is None:
        no, content = _leading_number(content)
    if _TOTAL.match(fold(content)):
        return None
    row = Row(no, content, {c: texts[c] for c in range(grid.column_count)}, grid.place(at))
    row.is_group = spans and bool(content)
    return row


def _number(text: str) -> str | None:
    found = _NUMBER.match(bare(text))
    return text.strip(" .()/-") if found and found.group(1) else None


def _leading_number(content: str) -> tuple[str | None, str]:
    found = _LEADING.match(content)
    if not found:
        return None, content
    return found.group(1) or found.group(2), content[found.end() :]


def _repeats_merge(grid: Grid, head: Head, at: int) -> bool:
    """Whether this row shows the content cell that began in a row above."""
    cell = grid.places[at][head.columns("content")[0]]
    return cell is not None and cell.row < at and bool(cell.text)


def _own_cells_differ(grid: Grid, head: Head, at: int) -> bool:
    return any(
        (cell := grid.places[at][c]) is not None and cell.row == at and bool(cell.text)
        for c in head.columns("lead", "both", "due", "product", "performing")
    )


def _is_continuation(head: Head, row: Row, last: Row) -> bool:
    """Whether a row is the rest of the one before, cut off by a page break."""
    if row.no or row.is_group or last.is_group or not head.has("no"):
        return False
    if not row.content:
        return not _own_pair(head, row)
    if row.content[:1].islower() or not _FINISHED.search(last.content):
        return not _own_pair(head, row) or row.content[:1].islower()
    return not any(row.cells[c] for c in head.columns(*_WORKING))


def _own_pair(head: Head, row: Row) -> bool:
    """Who and when of its own: a task without a number rather than a rest."""
    who = any(
        row.cells[c][:1].isupper() or row.cells[c][:1] in "-+"
        for c in head.columns("lead", "both")
        if row.cells[c]
    )
    told = ("due",) if not row.content and head.has("due") else ("due", "product")
    return who and (any(row.cells[c] for c in head.columns(*told)) or not head.has("due"))


def _append(last: Row, row: Row) -> None:
    last.content = f"{last.content}\n{row.content}".strip()
    for column, text in row.cells.items():
        if text:
            last.cells[column] = f"{last.cells[column]}\n{text}".strip()
    last.place = Place(last.place.start, row.place.end, last.place.page, last.place.table, last.place.row)
    last.continued = True


def _mark_groups(rows: list[Row], head: Head) -> None:
    stack: list[tuple[str, str, str]] = []  # style, number, title
    for at, row in enumerate(rows):
        following = rows[at + 1] if at + 1 < len(rows) else None
        row.is_group = row.is_group or _is_group(row, following, head)
        style = _style(row.no)
        if row.is_group:
            while stack and (stack[-1][0] == style or style in [s for s, _, _ in stack]):
                stack.pop()
            row.groups = [(n, t) for _, n, t in stack]
            stack.append((style, row.no or "", tidy(row.content)))
            continue
        if not row.shared and style not in ("", "dash"):
            while stack and style in [s for s, _, _ in stack]:
                stack.pop()
        row.groups = [(n, t) for _, n, t in stack]


def _is_group(row: Row, following: Row | None, head: Head) -> bool:
    if (
        row.shared
        or not row.content
        or any(
            row.cells[c] and not _DITTO.match(bare(row.cells[c])) and row.cells[c] != (row.content)
            for c in head.columns(*_WORKING)
        )
    ):
        return False
    style = _style(row.no)
    if style in ("roman", "upper"):
        return True
    if not row.no:
        return is_upper(row.content) or (following is not None and following.no == "1")
    if following is None:
        return False
    if not following.no:
        return any(following.cells[c] for c in head.columns("lead", "both", "due"))
    return (
        following.no.startswith(f"{row.no}.")
        or (following.no == "1" and row.no != "1")
        or (_style(following.no) == "letter" and style != "letter")
    )


def _style(no: str | None) -> str:
    if not no:
        return ""
    if re.fullmatch(r"[IVXLC]+", no):
        return "roman"
    if re.fullmatch(r"[A-ZĐ]", no):
        return "upper"
    if re.fullmatch(r"[a-zđ]", no):
        return "letter"
    return f"arabic{no.count('.')}"


def fill_dittos(rows: list[Row], head: Head) -> None:
    """Replace "nt" and ditto marks by the cell above."""
    above: dict[int, str] = {}
    for row in rows:
        for column in head.columns(*_WORKING):
            text = row.cells[column]
            if text and _DITTO.match(bare(text)):
                row.cells[column] = above.get(column, "")
            elif text and not row.is_group:
                above[column] = text
