"""Letter forms of Vietnamese text.

Reads: any text in NFC. Writes: the same text with one key letter per letter, so that a
place found in a key is the same place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Ranges such as "À-Ỹ" mix both cases in Unicode, so the letters are spelled out.
CAPITALS = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
SMALLS = CAPITALS.lower()

_PAIRS = {
    **{f"o{a}": f"{o}a" for a, o in zip("àáảãạ", "òóỏõọ", strict=True)},
    **{f"o{e}": f"{o}e" for e, o in zip("èéẻẽẹ", "òóỏõọ", strict=True)},
    **{f"u{y}": f"{u}y" for y, u in zip("ỳýỷỹỵ", "ùúủũụ", strict=True)},
}
# Only an open syllable has two ways ("hoà", never "toàn").
_PAIR = re.compile(r"(?<!q)(?:" + "|".join(_PAIRS) + r")(?!\w)")
_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff]+")


class _Keys(dict[int, str]):
    """Code point -> key letter, worked out once per letter met."""

    def __init__(self, *, accents: bool) -> None:
        super().__init__()
        self._accents = accents

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        key = letter.lower()
        if letter in "Đđ" or point == 0xD0:
            key = "đ" if self._accents else "d"
        elif not self._accents:
            key = unicodedata.normalize("NFD", key)[0]
        if letter in "–—−‐‑":
            key = "-"
        if letter.isspace() or letter in "\u200b\ufeff":
            key = " "
        self[point] = key = key if len(key) == 1 else letter
        return key


_BARE = _Keys(accents=False)
_FOLD = _Keys(accents=True)


_CACHED = 600  # lines are asked for again and again, whole texts are not


def bare(text: str) -> str:
    """Lower case without accents, of the same length."""
    return _short_bare(text) if len(text) <= _CACHED else text.translate(_BARE)


def fold(text: str) -> str:
    """Lower case with one way of placing tones (hoà, uỷ -> hòa, ủy), of the same length."""
    return _short_fold(text) if len(text) <= _CACHED else _folded(text)


def _folded(text: str) -> str:
    return _PAIR.sub(lambda m: _PAIRS[m.group()], text.translate(_FOLD))


@lru_cache(maxsize=4096)
def _short_bare(text: str) -> str:
    return text.translate(_BARE)


@lru_cache(maxsize=4096)
def _short_fold(text: str) -> str:
    return _folded(text)


def tidy(text: str) -> str:
    """One space for each run of blanks."""
    return _SPACES.sub(" ", text).strip()


def is_upper(text: str) -> bool:
    """Whether a line is set in capitals (abbreviations aside, it has no small letter)."""
    head = text[:400]
    capitals = sum(map(str.isupper, head))
    return capitals > 1 and capitals >= 0.9 * sum(map(str.isalpha, head))
