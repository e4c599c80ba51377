"""What is on a page but not in the flow: page numbers, running heads, footnotes.

Reads: rows of all pages. Writes: the rows that belong to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from officialdoc.read.formats.pdf_glyphs import PageContent, Ruling
from officialdoc.read.formats.pdf_rows import Row

_PAGE_NUMBER = re.compile(r"(?:[-–—]\s?)?(?:trang\s)?\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?[-–—])?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_HEAD_SHARE, _FOOT_SHARE = 0.12, 0.88  # of the page's height
_RUNNING_PAGES = 3
_NOTE_RULE = (60.0, 200.0)  # points: how long the rule above footnotes is
_SMALLER = 0.93


def in_flow(pages: Sequence[PageContent], rows: Sequence[Row]) -> list[Row]:
    by_page: dict[int, list[Row]] = {}
    for row in rows:
        by_page.setdefault(row.page, []).append(row)
    running = _running_heads(pages, by_page)
    size = _body_size(rows)
    kept: list[Row] = []
    for number, own in by_page.items():
        page = pages[number - 1]
        body = [row for row in own if not _is_head(row, page, own, running)]
        kept.extend(_without_notes(body, page, size))
    return kept


def _body_size(rows: Sequence[Row]) -> float:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _in_margin(row: Row, page: PageContent) -> bool:
    return row.base < _HEAD_SHARE * page.height or row.base > _FOOT_SHARE * page.height


def _running_heads(pages: Sequence[PageContent], by_page: dict[int, list[Row]]) -> set[str]:
    """Texts that stand in the margin of several pages, whatever numbers are in them."""
    seen: Counter[str] = Counter()
    for number, rows in by_page.items():
        texts = {
            _DIGITS.sub("#", row.text)
            for row in (*rows[:2], *rows[-2:])
            if _in_margin(row, pages[number - 1])
        }
        seen.update(texts)
    return {text for text, count in seen.items() if count >= _RUNNING_PAGES}


def _is_head(row: Row, page: PageContent, own: list[Row], running: set[str]) -> bool:
    if not _in_margin(row, page) or (
        row is not own[0] and row is not own[-1] and row not in (own[1:2] + own[-2:-1])
    ):
        return False
    if _DIGITS.sub("#", row.text) in running:
        return True
    return row in (own[0], own[-1]) and bool(_PAGE_NUMBER.fullmatch(row.text))


def _without_notes(rows: list[Row], page: PageContent, size: float) -> list[Row]:
    """The rows above the page's footnotes: small text under a short rule, or small text at
    the foot that begins with a raised number.
    """
    for place, row in enumerate(rows):
        below = rows[place:]
        if row.base < 0.4 * page.height or any(item.size > _SMALLER * size for item in below):
            continue
        above = rows[place - 1].base if place else 0.0
        has_rule = any(_is_note_rule(line, above, row.base) for line in page.rulings)
        if has_rule or row.note_mark:
            return rows[:place]
    return rows


def _is_note_rule(line: Ruling, above: float, below: float) -> bool:
    low, high = _NOTE_RULE
    return line.is_horizontal and above - 2 < line.y0 < below and low < line.x1 - line.x0 < high
