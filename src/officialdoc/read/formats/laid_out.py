"""Plain text laid out with spaces and hard line ends, as printed pages come.

Reads: raw lines. Writes: lines joined back to paragraphs, columns that stood side by side
one after the other. Uses the geometry of the PDF reader, a character being a unit wide.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from officialdoc.read.formats.drafts import Line
from officialdoc.read.formats.pdf_columns import in_reading_order
from officialdoc.read.formats.pdf_paragraphs import Column, paragraphs_of
from officialdoc.read.formats.pdf_rows import Row, Word

_ADVANCE, _SIZE, _LEADING = 6.0, 12.0, 15.0
_WORD = re.compile(r"\S+")
_ASIDE = re.compile(r"\S {4,}\S")
_NARROWEST, _WIDEST = 50, 130
_TAB_STOPS = 8


def is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Most of the long lines end near one margin and go on in small letters below."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 8:
        return False
    margin = lengths[int(len(lengths) * 0.95)]
    if not _NARROWEST <= margin <= _WIDEST or lengths[-1] > margin * 1.25:
        return False
    full = [
        (line, below)
        for line, below in itertools.pairwise(lines)
        if len(line.rstrip()) > 0.8 * margin and below.strip()
    ]
    going_on = [below for _, below in full if below.lstrip()[:1].islower()]
    return len(full) >= 0.25 * len(lengths) and len(going_on) >= 0.4 * len(full)


def has_columns(lines: Sequence[str]) -> bool:
    """Wide gaps inside lines: something stands side by side."""
    return sum(1 for line in lines if _ASIDE.search(line.expandtabs(_TAB_STOPS))) >= 2


def paragraphs_laid_out(lines: Sequence[str], *, wrapped: bool) -> list[Line]:
    rows = [row for number, line in enumerate(lines) if (row := _row(line, number)) is not None]
    if not rows:
        return []
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    found: list[Line] = []
    for run in in_reading_order(rows, left, right):
        if wrapped:
            found.extend(paragraphs_of(run.rows, Column(left, right)))
        else:
            found.extend(Line(row.text) for row in run.rows)
    for line in found:
        line.page = line.align = None
    return found


def _row(line: str, number: int) -> Row | None:
    words = [
        Word(match[0], match.start() * _ADVANCE, match.end() * _ADVANCE, _SIZE, bold=False, italic=False)
        for match in _WORD.finditer(line.expandtabs(_TAB_STOPS))
    ]
    return Row(words, number * _LEADING) if words else None
