"""How wide bold text is in Times New Roman, so that the rule below it gets the right length.

A Vietnamese letter is as wide as the letter under its marks; only ơ and ư are wider.
"""

from __future__ import annotations

import unicodedata
from itertools import chain

POINTS_PER_MM = 72 / 25.4
LETTERS_BY_WIDTH = {  # thousandths of the letter size
    250: " .,",
    278: "il/'",
    333: "fjt-();:‘’",
    389: "sI",
    444: "cerz",
    500: "agovxyJ0123456789–“”",
    554: "ơ",
    556: 'bdhknpquSđ"',
    600: "ư",
    611: "FP",
    667: "BELTZ",
    722: "wACDNRUVXYĐ",
    778: "GHKOQƠ",
    796: "Ư",
    833: "m&",
    944: "M",
    1000: "W%",
}
WIDTHS = {letter: width for width, letters in LETTERS_BY_WIDTH.items() for letter in letters}
OTHER = 556  # a letter the table does not know
KEPT = {"ơ", "ư", "Ơ", "Ư"}
MARKS_OF_TONE = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def bold_width(text: str, size: float) -> float:
    """Points."""
    return sum(letter_width(letter) for letter in unicodedata.normalize("NFC", text)) * size / 1000


def letter_width(letter: str) -> int:
    parts = unicodedata.normalize("NFD", letter)
    toneless = unicodedata.normalize("NFC", "".join(p for p in parts if p not in MARKS_OF_TONE))
    return WIDTHS.get(toneless if toneless in KEPT else parts[0], OTHER)


def balanced_lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text in as few lines as `room` points allow, of lengths as even as they can be.
    Line ends of the caller are kept.
    """
    return tuple(chain.from_iterable(wrapped(part, size, room) for part in text.split("\n")))


def wrapped(text: str, size: float, room: float) -> list[str]:
    """Narrowing the room until one more line is needed evens the lines out."""
    best = filled(text, size, room)
    for step in range(95, 40, -5):
        lines = filled(text, size, room * step / 100)
        if len(lines) > len(best):
            break
        best = lines
    return best


def filled(text: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and bold_width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
