"""Characters to rows of words.

Reads: glyphs of one page or of one cell. Writes: rows from top to bottom, each with its
words from left to right.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect, bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from officialdoc.read.formats.pdf_glyphs import Glyph

_SAME_LINE = 0.38  # of the size: how far baselines of one row may lie apart
_RAISED_MARK = 0.5  # the same for a note mark beside larger letters
_WORD_GAP = 0.17  # of the size: a wider gap is a space
_RAISED = 0.2
_SMALL = 0.78


@dataclass(slots=True)
class Word:
    text: str
    x0: float
    x1: float
    size: float
    bold: bool
    italic: bool


@dataclass(slots=True)
class Row:
    words: list[Word]
    base: float
    page: int = 1
    note_mark: bool = False  # begins with a raised small number, as footnotes do
    column: int = field(default=0)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def _share(self, chosen: Iterable[Word]) -> float:
        total = sum(len(word.text) for word in self.words)
        return sum(len(word.text) for word in chosen) / total if total else 0.0

    @property
    def bold_share(self) -> float:
        return self._share(word for word in self.words if word.bold)

    @property
    def italic_share(self) -> float:
        return self._share(word for word in self.words if word.italic)


def rows_of(glyphs: Sequence[Glyph], page: int) -> list[Row]:
    rows = []
    for group in _by_baseline(glyphs):
        kept, note_mark = _without_note_marks(group)
        words = _words(kept)
        if words:
            rows.append(Row(words, _main_base(kept), page, note_mark))
    return rows


def _by_baseline(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    groups: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted((g for g in glyphs if g.text.strip()), key=lambda g: g.base):
        small, large = sorted((glyph.size, size))
        reach = large * (_RAISED_MARK if small < _SMALL * large else _SAME_LINE)
        if groups and glyph.base - base <= reach:
            groups[-1].append(glyph)
            if glyph.size >= size:
                base, size = glyph.base, glyph.size
        else:
            groups.append([glyph])
            base, size = glyph.base, glyph.size
    spaces = sorted((g for g in glyphs if not g.text.strip()), key=lambda g: g.base)
    bases = [space.base for space in spaces]
    return [group + _spaces_in(group, spaces, bases) for group in groups]


def _spaces_in(group: list[Glyph], spaces: list[Glyph], bases: list[float]) -> list[Glyph]:
    """The row's spaces; one under a stamped character parts nothing."""
    low = min(g.base for g in group) - 1
    high = max(g.base for g in group) + 1
    near = spaces[bisect_left(bases, low) : bisect(bases, high)]
    ordered = sorted(group, key=lambda g: g.x0)
    starts = [g.x0 for g in ordered]
    return [space for space in near if not _is_covered(space, ordered, starts)]


def _is_covered(space: Glyph, ordered: list[Glyph], starts: list[float]) -> bool:
    middle = (space.x0 + space.x1) / 2
    place = bisect(starts, middle)
    return any(g.x0 + 0.5 < middle < g.x1 - 0.5 for g in ordered[max(0, place - 3) : place])


def _main_base(glyphs: list[Glyph]) -> float:
    return max(glyphs, key=lambda g: g.size).base


def _without_note_marks(group: list[Glyph]) -> tuple[list[Glyph], bool]:
    """The row without raised small digits; and whether it began with one."""
    size = max(g.size for g in group)
    base = _main_base(group)
    marks = [
        g
        for g in group
        if g.size < _SMALL * size
        and base - g.base > _RAISED * size
        and (g.text.isdigit() or g.text in "[]()*")
    ]
    if not marks or not any(g.text.isdigit() for g in marks):
        return group, False
    first = min((g for g in group if g.text.strip()), key=lambda g: g.x0)
    ids = {id(mark) for mark in marks}
    return [g for g in group if id(g) not in ids], id(first) in ids


def _words(group: list[Glyph]) -> list[Word]:
    words: list[Word] = []
    last: Glyph | None = None
    is_apart = True
    for glyph in sorted(group, key=lambda g: (g.x0, g.x1)):
        if not glyph.text.strip():
            is_apart = is_apart or last is None or glyph.x1 > last.x0 + 0.05
            continue
        if last is not None and _is_drawn_twice(last, glyph):
            continue
        gap = 0.0 if last is None else glyph.x0 - last.x1
        mark = unicodedata.combining(glyph.text[0]) != 0
        if words and (mark or not (is_apart or gap > _WORD_GAP * glyph.size)):
            word = words[-1]
            word.text += glyph.text
            word.x1 = max(word.x1, glyph.x1)
        else:
            words.append(Word(glyph.text, glyph.x0, glyph.x1, glyph.size, glyph.bold, glyph.italic))
        last = glyph
        is_apart = False
    return words


def _is_drawn_twice(last: Glyph, glyph: Glyph) -> bool:
    """The same character over itself: bold faked by drawing twice, or a letter whose mark
    is drawn apart and named like the whole.
    """
    if last.text != glyph.text or unicodedata.combining(glyph.text[0]):
        return False
    return last.x1 - glyph.x0 > 0.5 * (glyph.x1 - glyph.x0)
