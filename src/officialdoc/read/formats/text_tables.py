"""Tables in plain text: cells between tabs, cells between bars, or one cell per line.

Reads: raw lines and a place among them. Writes: the table that begins there, if one does,
and the line after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from officialdoc.read.formats.cut_rows import join_cut_rows
from officialdoc.read.formats.drafts import TableDraft, table_of
from officialdoc.read.formats.limits import MAX_COLUMNS
from officialdoc.read.formats.text_bars import rows_with_bars

Found = tuple[TableDraft, int] | None

_NUMBER_HEADING = re.compile(r"(?:s?tt|số tt|số thứ tự)\.?", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[IVXL]{1,5}|[A-E])[.)]?")
_BULLET = re.compile(r"[-–+*•]\s?\S")
_HEADING = re.compile(
    r"(?:[IVX]{1,5}\.|điều \d|nơi nhận|tm\.|kt\.|trên đây là|trong quá trình|phụ lục|phần )", re.IGNORECASE
)
_ITEM = re.compile(r"\d{1,2}\.\s+[^\W\d_]")
_BAR_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_BODY = re.compile(
    r"(?:[-–+*•]\s*)?(?:Sở|Ban|UBND|Ủy ban|Uỷ ban|Văn phòng|Công an|Phòng|Hội|Liên đoàn|Các|Trung tâm|Cục|Vụ|Báo|Đài|"
    r"Thanh tra|Tỉnh đoàn|Thành đoàn|Đoàn|Bộ|Viện|Trường|Chi cục|Đảng ủy|Mặt trận)\s"
)
_LONGEST_CELL = 60  # lines that one broken cell may take
_LONGEST_HEADING = 80
_LONGEST_STACKED_HEADING = 40  # lines
_MOST_STACKED_ROWS = 2_000


def table_at(rows: list[str], at: int) -> Found:
    line = rows[at]
    if "\t" in line:
        return _tab_table(rows, at)
    if line.lstrip().startswith("|"):
        return bar_table(rows, at)
    if "|" in line or _NUMBER_HEADING.fullmatch(line.strip()):
        barred = rows_with_bars(rows, at)
        if barred:
            return join_cut_rows(table_of(barred[0])), barred[1]
    return _stacked_table(rows, at) if _NUMBER_HEADING.fullmatch(line.strip()) else None


@dataclass(slots=True)
class _TabRows:
    """Rows gathered line by line; a row whose cells hold line breaks takes several lines."""

    columns: int
    done: list[list[str]] = field(default_factory=list)
    open: str = ""

    def offer(self, line: str) -> bool:
        """Takes a line in; False when it cannot belong to the table."""
        text = f"{self.open}\n{line}" if self.open else line
        tabs = text.count("\t")
        if tabs < self.columns - 1:
            self.open = text
            return text.count("\n") < _LONGEST_CELL
        if tabs > self.columns - 1 and text[: -(tabs - self.columns + 1)].count("\t") != self.columns - 1:
            return False
        self.done.append(text.split("\t")[: self.columns])
        self.open = ""
        return True


def _tab_table(rows: list[str], at: int) -> Found:
    columns = rows[at].count("\t") + 1
    if columns < 3 or columns > MAX_COLUMNS or _is_spacing(rows[at]):
        return None
    table = _TabRows(columns)
    end = at
    for number in range(at, len(rows)):
        line = rows[number]
        if not line.strip(" "):
            continue
        if "\t" not in line and not table.open:
            if _ends_last_cell(rows, number, table):
                table.done[-1][-1] += "\n" + line
                end = number + 1
                continue
            if not _begins_broken_row(rows, number, columns):
                break
        if not table.offer(line):
            break
        if not table.open:
            end = number + 1
    if len(table.done) < 2:
        return None
    return join_cut_rows(table_of(table.done)), end


def _is_spacing(line: str) -> bool:
    """Tabs that only push text aside: no more than two cells hold anything."""
    cells = line.split("\t")
    return sum(1 for cell in cells if cell.strip()) < min(3, len(cells) - 1)


def _ends_last_cell(rows: list[str], number: int, table: _TabRows) -> bool:
    """A line without a tab, straight below a row and straight above the next one."""
    if not table.done or not rows[number - 1].strip() or _HEADING.match(rows[number].strip()):
        return False
    below = rows[number + 1 : number + 3]
    return bool(below) and any(line.count("\t") == table.columns - 1 for line in below)


def _begins_broken_row(rows: list[str], number: int, columns: int) -> bool:
    if not _ROW_NUMBER.fullmatch(rows[number].strip()):
        return False
    tabs = 0
    for line in rows[number + 1 : number + 6]:
        tabs += line.count("\t")
        if tabs:
            return tabs <= columns - 1
    return False


def bar_table(rows: list[str], at: int) -> Found:
    """A table drawn with bars; the rule under its heading is no row."""
    found: list[list[str]] = []
    number = at
    while number < len(rows) and rows[number].lstrip().startswith("|"):
        line = rows[number].strip()
        number += 1
        if "--" in line and _BAR_RULE.fullmatch(line):
            continue
        cells = _BAR.split(line.removeprefix("|"))
        if len(cells) > 1 and not cells[-1].strip():
            cells.pop()
        found.append([cell.replace("\\|", "|").strip() for cell in cells[:MAX_COLUMNS]])
    if max((len(cells) for cells in found), default=0) < 2:
        return None
    return join_cut_rows(table_of(found)), number


def _stacked_table(rows: list[str], at: int) -> Found:
    """One cell per line, as pages copied from a site come: the heading's cells, then
    a number and the cells of its row, and so on.
    """
    columns = _stacked_columns(rows, at)
    if columns is None:
        return None
    lines = [(number, rows[number].strip()) for number in range(at, len(rows)) if rows[number].strip()]
    found = [_joined_headings([text for _, text in lines[:columns]])]
    width = len(found[0])
    place = columns
    while place < len(lines) and _ROW_NUMBER.fullmatch(lines[place][1]):
        size = _stacked_row_size([text for _, text in lines[place : place + 40]], width)
        found.append(_stacked_row([text for _, text in lines[place : place + size]], width))
        place += size
        if len(found) > _MOST_STACKED_ROWS:
            return None
    end = lines[place][0] if place < len(lines) else len(rows)
    return (join_cut_rows(table_of(found)), end) if len(found) > 2 else None


def _stacked_columns(rows: list[str], at: int) -> int | None:
    """How many cells the heading has that begins at line `at`: up to the first number."""
    count = 0
    for row in rows[at : at + _LONGEST_STACKED_HEADING]:
        text = row.strip()
        if not text:
            continue
        if count >= 3 and _ROW_NUMBER.fullmatch(text):
            return count
        if (
            len(text) > _LONGEST_HEADING
            or text.endswith((".", ";"))
            or (count and _NUMBER_HEADING.fullmatch(text))
        ):
            return None
        count += 1
    return None


def _joined_headings(lines: list[str]) -> list[str]:
    """The heading's cells; one whose title broke in two ("Thời gian", "hoàn thành") is one."""
    cells: list[str] = []
    for line in lines:
        if cells and line[:1].islower():
            cells[-1] += " " + line
        else:
            cells.append(line)
    return cells


def _stacked_row_size(lines: list[str], columns: int) -> int:
    """How many lines the row takes that begins with `lines[0]`."""
    for number, text in enumerate(lines[1:], 1):
        if number >= 2 and _ends_rows(text, number):
            return _filled_size(lines[:number], columns)
        if _ROW_NUMBER.fullmatch(text) and _follows(lines[0], text):
            return number
    return _filled_size(lines, columns)


def _ends_rows(text: str, number: int) -> bool:
    """Whether a line is the next section, item or table rather than a cell."""
    if _ROW_NUMBER.fullmatch(text):
        return False
    return bool(_HEADING.match(text) or _NUMBER_HEADING.fullmatch(text) or (number > 2 and _ITEM.match(text)))


def _filled_size(lines: list[str], columns: int) -> int:
    """The lines that fill a last row: as many cells as there are columns, no item below."""
    cells = 0
    for number, text in enumerate(lines):
        cells += number < 2 or not _goes_on(lines[number - 1], text)
        if cells > columns:
            return number
    return len(lines)


def _follows(number: str, candidate: str) -> bool:
    plain, other = number.strip("(.)"), candidate.strip("(.)")
    if plain.isdigit() and other.isdigit():
        return int(other) == int(plain) + 1 or (other == "1" and len(plain) > 0 and int(plain) > 1)
    return True


def _stacked_row(lines: list[str], columns: int) -> list[str]:
    """A row's lines as cells: list items stay with the cell they are in, and what is still
    too much belongs to the content, the first cell after the number.
    """
    cells = [lines[0]]
    for text in lines[1:]:
        if len(cells) > 1 and _goes_on(cells[-1], text):
            cells[-1] += "\n" + text
        else:
            cells.append(text)
    extra = len(cells) - columns
    if extra > 0 and not _share_among_bodies(cells, columns):
        cells[1 : extra + 2] = ["\n".join(cells[1 : extra + 2])]
    return cells


def _goes_on(cell: str, text: str) -> bool:
    """Whether a line belongs to the cell above it: an item of its list, or who works with whom."""
    last = cell.rsplit("\n", maxsplit=1)[-1]
    if _BULLET.match(text):
        return bool(_BULLET.match(last)) or last.endswith(":")
    return last.startswith("Chủ trì:") and text.startswith("Phối hợp:")


def _share_among_bodies(cells: list[str], columns: int) -> bool:
    """A cell that lists several bodies took several lines: the last of their columns."""
    first = next((at for at in range(2, len(cells)) if _BODY.match(cells[at])), len(cells))
    end = first
    while end < len(cells) and _BODY.match(cells[end]):
        end += 1
    room = columns - 2 - (len(cells) - end)
    if not 1 <= room <= end - first:
        return False
    cells[first + room - 1 : end] = ["\n".join(cells[first + room - 1 : end])]
    if first > 2:
        cells[1:first] = ["\n".join(cells[1:first])]
    return True
