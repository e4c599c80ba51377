"""Plain text → `Source`.

Reads: decoded text. Writes: lines and the tables drawn with tabs, bars or lines.
"""

from __future__ import annotations

import re

from officialdoc.model import Source
from officialdoc.read.formats.characters import clean
from officialdoc.read.formats.drafts import BlockDraft, CellDraft, Line, TableDraft, assemble, lines_of
from officialdoc.read.formats.laid_out import has_columns, is_hard_wrapped, paragraphs_laid_out
from officialdoc.read.formats.limits import MAX_LINES
from officialdoc.read.formats.markup import without_tags
from officialdoc.read.formats.refusals import refusal
from officialdoc.read.formats.text_tables import table_at

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–]\s?)?(?:trang\s)?\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?[-–])?\s*", re.IGNORECASE
)
_MOST_LAID_OUT = 20_000
_MARK = re.compile(r"(?:[-–+*•]|\(?\w{1,4}[.)]|[IVX\d.]{1,8})")


def read_txt(text: str) -> Source:
    rows = _rows(text)
    if len(rows) > 2 * MAX_LINES:
        raise refusal("too_much_content")
    drafts: list[BlockDraft] = []
    prose: list[str] = []
    wrapped = is_hard_wrapped([row for row in rows if "\t" not in row and not row.lstrip().startswith("|")])
    at = 0
    while at < len(rows):
        found = table_at(rows, at) or _pair_at(rows, at)
        if found is None:
            prose.append(rows[at])
            at += 1
            continue
        drafts.extend(_prose(prose, wrapped=wrapped))
        prose.clear()
        drafts.append(found[0])
        at = found[1]
    drafts.extend(_prose(prose, wrapped=wrapped))
    return assemble(drafts, "txt")


def _rows(text: str) -> list[str]:
    """The file's lines; a tag that breaks a line inside a cell leaves a break in its row."""
    pages = text.split("\f")
    kept = "\n".join(_without_page_number(page) for page in pages) if len(pages) > 1 else text
    rows = [clean(without_tags(row)).rstrip(" ") for row in kept.split("\n")]
    return ["" if not row.strip() else row for row in rows]


def _without_page_number(page: str) -> str:
    lines = page.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in filled[:1] + filled[-1:]:
        if _PAGE_NUMBER.fullmatch(lines[number]):
            lines[number] = ""
    return "\n".join(lines)


def _prose(rows: list[str], *, wrapped: bool) -> list[Line]:
    rows = [line for row in rows for line in row.split("\n")]
    if len(rows) < _MOST_LAID_OUT and (wrapped or has_columns(rows)):
        return [line for line in paragraphs_laid_out(rows, wrapped=wrapped) if line.text]
    return [line for row in rows for line in lines_of(row)]


def _pair_at(rows: list[str], at: int) -> tuple[TableDraft, int] | None:
    """Lines with one tab each: two columns side by side, such as the header block."""
    end = at
    pairs: list[tuple[str, str]] = []
    while end < len(rows) and "\t" in rows[end]:
        left, right = re.split(r"\t+", rows[end].strip(" "), maxsplit=1)
        if "\t" in right or (right.strip() and _MARK.fullmatch(left.strip())):
            return None
        pairs.append((left, right))
        end += 1
    if len(pairs) < 2:
        return None
    sides = [lines_of("\n".join(pair[side] for pair in pairs)) for side in (0, 1)]
    return TableDraft([CellDraft(0, side, lines) for side, lines in enumerate(sides)]), end
