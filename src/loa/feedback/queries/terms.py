"""The words of a text as suggestions count them, and how alike two texts are. Plain functions, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from loa.core.text import words

MOST_TERMS = 240  # of one text; what comes after says little new
_LONGEST = 60
# Folded words that stand in every letter and speak for nothing.
_IDLE_WORDS = """
a ai anh ba bao bi cac cam cap chi cho chu chua chung co con cua cung da dan dang de den dinh do duoc
duoi em gi gia gui hai hom khi khong kia kinh la lai len luc ma mong mot nam nao nay nen neu ngay nghi
ngoai nguoi nhieu nhu nhung noi o oi on ong qua quan ra rat roi sau se tai thang the theo thi thua toi
tren trong truoc tu tuan va van vao ve vi viec voi xin xuong
"""
_IDLE = frozenset(words(_IDLE_WORDS).split())
_BANDS, _ROWS = 12, 3
_PRIME = (1 << 61) - 1


def terms(text: str) -> list[str]:
    """Folded words and pairs of neighbours, each once, in their order; nothing with a figure in it.

    Figures are telephone numbers, plates and papers of somebody: they teach nothing about where a case belongs.
    """
    said = words(text).split()
    pieces: dict[str, None] = {}
    before = ""
    for word in said:
        if not word.isalpha():
            before = ""
            continue
        if before and not (before in _IDLE and word in _IDLE):
            pieces[f"{before} {word}"] = None
        if word not in _IDLE and len(word) > 1:
            pieces[word] = None
        before = word
    return [piece for piece in pieces if len(piece) <= _LONGEST][:MOST_TERMS]


def case_terms(case: Any) -> list[str]:
    """The terms of a case's words, and what its sender chose: the body named, the commune, the procedure."""
    chosen = (("@about", case.about_id), ("@place", case.commune_id), ("@procedure", case.procedure_id))
    return [*terms(f"{case.title} {case.content}"), *(f"{name} {key}" for name, key in chosen if key)]


def pairs(text: str) -> frozenset[str]:
    """Neighbouring words, figures too: what two copies of a text share."""
    said = words(text).split()
    return frozenset(f"{left} {right}" for left, right in pairwise(said)) or frozenset(said)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared pairs over all pairs: 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def marks(text: str) -> list[int]:
    """Twelve digests of which texts that share most of their pairs share at least one (minhash in bands).

    Half of the pairs shared: found in four of five cases; seven tenths: in nearly all; a quarter: one in six.
    """
    hashes = [_number(pair) for pair in pairs(text)]
    if not hashes:
        return []
    least = [min((a * each + b) % _PRIME for each in hashes) for a, b in _FACTORS]
    return sorted(
        {_number(f"{band}:{least[band * _ROWS : (band + 1) * _ROWS]}") - (1 << 62) for band in range(_BANDS)}
    )


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def _factors() -> Iterable[tuple[int, int]]:
    for index in range(_BANDS * _ROWS):
        yield _number(f"a{index}") % _PRIME | 1, _number(f"b{index}") % _PRIME


_FACTORS = tuple(_factors())
