"""Hard-wrapped rows back to paragraphs.

Reads: rows in reading order. Writes: one line draft per paragraph.
A row continues the one above unless something says that the break was meant: the next
word would have fitted, an indent, a list mark, a wider gap, another weight.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from officialdoc.model import Align
from officialdoc.read.formats.characters import clean_line
from officialdoc.read.formats.drafts import Line
from officialdoc.read.formats.pdf_rows import Row

_INDENT = 9.0
_SAME_INDENT = 3.0
_LIST_MARK = re.compile(
    r"(?:[-–—+*•▪○●]|\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,3})+\.?|\(?[a-zđ]{1,2}\)|[IVXL]{1,6}[.)])(?:\s|$)"
)
_BULLET = re.compile(r"[-–—+*•▪○●](?:\s|$)")
_OPEN_END = re.compile(r"[\w,]$")
_FINISHED = re.compile(r"[.;:]$")
_GLUED_END = re.compile(r"\w[-/]$")


@dataclass(frozen=True, slots=True)
class Column:
    """Where the text of a column begins and ends."""

    left: float
    right: float
    is_cell: bool = False
    indent: float = 0.0  # of the first line of its paragraphs, where they have one

    @property
    def width(self) -> float:
        return self.right - self.left


def paragraphs_of(rows: Sequence[Row], column: Column, *, is_aside: bool = False) -> list[Line]:
    groups: list[list[Row]] = []
    bulleted = bool(rows) and bool(_BULLET.match(rows[0].text))
    for row in rows:
        if groups and not _is_new(groups[-1], row, column, bulleted=bulleted):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [line for group in groups if (line := _line(group, column, is_aside=is_aside)).text]


def _is_new(group: list[Row], row: Row, column: Column, *, bulleted: bool) -> bool:
    above = group[-1]
    if (above.bold_share > 0.9) != (row.bold_share > 0.9) and (above.bold_share == 1 or row.bold_share == 1):
        return True
    if abs(above.size - row.size) > 0.12 * row.size:
        return True
    if above.page == row.page and row.base - above.base > _leading(group) * 1.45:
        return True
    if _would_fit(above, row, column) or _goes_to_centre(above, row, column):
        return True
    if column.is_cell:
        return _starts_item_in_cell(above, row, bulleted=bulleted)
    is_hanging = (len(group) > 1 and abs(row.x0 - above.x0) < 2) or _hangs(group[0], row)
    is_indented = row.x0 - column.left > _INDENT and not is_hanging and not _is_centred(row, column)
    return is_indented or bool(_FINISHED.search(above.text) and _LIST_MARK.match(row.text))


def _hangs(first: Row, row: Row) -> bool:
    """Does `row` begin where the text begins after the list mark of `first`?"""
    if len(first.words) < 2 or not _LIST_MARK.match(first.text):
        return False
    return abs(row.x0 - first.words[1].x0) < 2


def _leading(group: list[Row]) -> float:
    gaps = [b.base - a.base for a, b in itertools.pairwise(group) if a.page == b.page]
    return min(gaps) if gaps else 1.45 * group[-1].size


def _goes_to_centre(above: Row, row: Row, column: Column) -> bool:
    """A centred title under a line set aside, such as a date at the right."""
    if column.is_cell or not _is_centred(row, column):
        return False
    return above.x0 - column.left > _INDENT and not _is_centred(above, column)


def _would_fit(above: Row, row: Row, column: Column) -> bool:
    word = row.words[0]
    need = (above.x1 - above.x0) + 0.25 * above.size + (word.x1 - word.x0)
    room = column.width if _is_centred(above, column) else column.right - above.x0
    return need < room - 0.3 * above.size


def _starts_item_in_cell(above: Row, row: Row, *, bulleted: bool) -> bool:
    text = row.text
    if _BULLET.match(text):
        return bulleted or not _OPEN_END.search(above.text)
    return bool(_LIST_MARK.match(text)) and not _OPEN_END.search(above.text)


def _is_centred(row: Row, column: Column) -> bool:
    before, after = row.x0 - column.left, column.right - row.x1
    if abs(before - column.indent) < _SAME_INDENT:
        return False
    return before > _INDENT and abs(before - after) < max(6.0, 0.04 * column.width)


def _line(group: list[Row], column: Column, *, is_aside: bool) -> Line:
    text = ""
    for row in group:
        glue = "" if not text or _GLUED_END.search(text) else " "
        text += glue + row.text
    first = group[0]
    align = None if is_aside else _align(group, column)
    letters = sum(len(row.text) for row in group)
    bold = sum(row.bold_share * len(row.text) for row in group) > letters / 2
    italic = sum(row.italic_share * len(row.text) for row in group) > letters / 2
    return Line(clean_line(text), first.page, align, bold, italic)


def _align(group: list[Row], column: Column) -> Align:
    if all(_is_centred(row, column) for row in group):
        return "center"
    first = group[0]
    if first.x0 - column.left > 0.3 * column.width and column.right - first.x1 < 4:
        return "right"
    return "both" if len(group) > 1 else "left"
