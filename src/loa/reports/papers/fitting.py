"""Rows that fit on a page: a row is never split between pages, so a long one becomes several here."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, zip_longest
from operator import itemgetter

from officialdoc.write.model import Column, TableRow

LETTERS = 112  # of table text beside each other on a landscape page, a few fewer than fit
LINES = 20  # below each other in one row, well within the page


def fitting(rows: Iterable[TableRow], columns: tuple[Column, ...]) -> tuple[TableRow, ...]:
    return tuple(part for row in rows for part in split_row(row, columns))


def split_row(row: TableRow, columns: tuple[Column, ...]) -> Iterator[TableRow]:
    """The row, or as many rows as its longest cell needs; the others are blank below their words."""
    pieces = [pages_of(cell.text, width) for cell, width in zip(row, widths(row, columns), strict=True)]
    for texts in zip_longest(*pieces, fillvalue=""):
        yield tuple(replace(cell, text=text) for cell, text in zip(row, texts, strict=True))


def widths(row: TableRow, columns: tuple[Column, ...]) -> Iterator[int]:
    """Letters that stand beside each other in each cell."""
    total = sum(column.width for column in columns)
    start = 0
    for cell in row:
        share = sum(column.width for column in columns[start : start + cell.col_span])
        start += cell.col_span
        yield max(4, int(LETTERS * share / total))


def pages_of(text: str, width: int) -> list[str]:
    """The text in pieces of at most LINES lines, cut between words; a text that fits is left as it is."""
    lines = [
        (index, line)
        for index, paragraph in enumerate(text.split("\n"))
        for line in textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False) or [""]
    ]
    if len(lines) <= LINES:
        return [text]
    return [flowing(lines[start : start + LINES]) for start in range(0, len(lines), LINES)]


def flowing(lines: list[tuple[int, str]]) -> str:
    """Lines of one paragraph run on, paragraphs begin anew."""
    paragraphs = groupby(lines, key=itemgetter(0))
    return "\n".join(" ".join(line for _, line in group) for _, group in paragraphs)
