"""Which agency or group does a printed name mean? Scored suggestions; a person confirms.

100 is the same name (after abbreviations are written out), 98 the same without words that are often left
out, 97 the same but for accents; below that the likeness of the letters. Which abbreviations, which words
and from where a score is good enough stand in data/wording.json.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import islice, product

from rapidfuzz import fuzz

from loa.core.text import fold

SUGGESTIONS = 5
_MOST_READINGS = 8
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SIGNS = re.compile(r"[\s.,;:/()\[\]“”\"'–—-]+")


class Why(StrEnum):
    """How a match was found, best first."""

    REMEMBERED = "remembered"
    SAME = "same"
    SHORTER = "shorter"
    UNACCENTED = "unaccented"
    ALIKE = "alike"


_SCORES = {Why.REMEMBERED: 100.0, Why.SAME: 100.0, Why.SHORTER: 98.0, Why.UNACCENTED: 97.0}
_MOST_ALIKE = 96.0
_NOTHING_ALIKE = (0.0, Why.ALIKE)


@dataclass(frozen=True)
class Candidate:
    """An agency or a group with all names it goes by, the official one first."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    code: str
    name: str
    score: float
    why: Why


@dataclass(frozen=True)
class Wording:
    accept_from: float
    suggest_from: float
    abbreviations: dict[str, tuple[str, ...]]
    optional: tuple[tuple[str, ...], ...]
    connectives: frozenset[str]
    heads: tuple[str, ...]


@dataclass(frozen=True)
class _Reading:
    """One way to read a name: its words, the words that tell it apart, its letters without accents."""

    words: tuple[str, ...]
    core: tuple[str, ...]
    folded: str


def expand(name: str) -> str:
    """The name in lower case with its abbreviations written out: "VP UBND TP" → "văn phòng ủy ban …"."""
    return next(_written_out(name))


def match(printed: str, candidates: Iterable[Candidate], remembered: Mapping[str, str]) -> list[Match]:
    """The best five, best first, none below the suggestion mark.

    `remembered` holds printed names a person has once corrected, with the code that was meant.
    """
    meant = {_words(expand(name)): code for name, code in remembered.items()}.get(_words(expand(printed)))
    wanted = _readings(printed)
    found = [_best_name(wanted, candidate, is_meant=candidate.code == meant) for candidate in candidates]
    good = [match for match in found if match.score >= wording().suggest_from]
    return sorted(good, key=lambda match: (-match.score, match.why != Why.REMEMBERED, match.code))[
        :SUGGESTIONS
    ]


def decided(matches: list[Match]) -> Match | None:
    """The first match when it is good enough and stands alone; homonyms are left to a person."""
    if not matches or matches[0].score < wording().accept_from:
        return None
    first, *others = matches
    if others and others[0].score == first.score and first.why != Why.REMEMBERED:
        return None
    return first


@cache
def wording() -> Wording:
    text = resources.files("loa.directory").joinpath("data/wording.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Wording(
        accept_from=data["accept_from"],
        suggest_from=data["suggest_from"],
        abbreviations={short: tuple(full) for short, full in data["abbreviations"].items()},
        optional=tuple(tuple(_spelled(phrase).split()) for phrase in data["optional"]),
        connectives=frozenset(_spelled(word) for word in data["connectives"]),
        heads=tuple(f"{fold(head)} " for head in data["heads"]),
    )


def _best_name(wanted: tuple[_Reading, ...], candidate: Candidate, *, is_meant: bool) -> Match:
    if is_meant:
        return Match(candidate.code, candidate.names[0], _SCORES[Why.REMEMBERED], Why.REMEMBERED)
    pairs = product(wanted, (reading for name in candidate.names for reading in _readings(name)))
    score, why = max((_compare(ours, theirs) for ours, theirs in pairs), default=_NOTHING_ALIKE)
    return Match(candidate.code, candidate.names[0], round(score, 1), why)


def _compare(ours: _Reading, theirs: _Reading) -> tuple[float, Why]:
    if not ours.words or not theirs.words:
        return _NOTHING_ALIKE
    why = _same_words(ours, theirs)
    if why is not None:
        return _SCORES[why], why
    return min(_likeness(ours.folded, theirs.folded), _MOST_ALIKE), Why.ALIKE


def _same_words(ours: _Reading, theirs: _Reading) -> Why | None:
    if ours.words == theirs.words:
        return Why.SAME
    if ours.core and ours.core == theirs.core:
        return Why.SHORTER
    return Why.UNACCENTED if ours.folded == theirs.folded else None


def _likeness(ours: str, theirs: str) -> float:
    """How alike the letters are, apart from a head that many names share: the first listed that both have."""
    for head in wording().heads:
        if ours.startswith(head) and theirs.startswith(head):
            ours, theirs = ours.removeprefix(head), theirs.removeprefix(head)
            break
    return max(fuzz.ratio(ours, theirs), fuzz.token_sort_ratio(ours, theirs))


@lru_cache(maxsize=8192)
def _readings(name: str) -> tuple[_Reading, ...]:
    return tuple(_reading(text) for text in islice(_written_out(name), _MOST_READINGS))


def _reading(text: str) -> _Reading:
    words = _words(text)
    return _Reading(words=words, core=_without_optional(words), folded=_folded(words))


def _written_out(name: str) -> Iterator[str]:
    choices = [_meanings(token) for token in unicodedata.normalize("NFC", name).split()]
    return (" ".join(words) for words in product(*choices))


def _meanings(token: str) -> tuple[str, ...]:
    """What a token may stand for: "VH&TT," → two readings, any other word → itself in lower case."""
    table = wording().abbreviations
    letters = re.sub(r"[^\w]|_", "", token)
    end = "," if token.endswith((",", ";")) else ""
    full = table.get(letters) or table.get(letters.lower())
    return tuple(f"{text}{end}" for text in full) if full else (token.lower(),)


def _words(text: str) -> tuple[str, ...]:
    """The words that count: no signs, no "và", one spelling for hoà and hòa."""
    words = (_spelled(word) for word in _SIGNS.split(text.lower().replace("&", " ")) if word)
    return tuple(word for word in words if word not in wording().connectives)


def _folded(words: tuple[str, ...]) -> str:
    """Typed without accents, "và" is no longer "và": leave it out once more."""
    silent = {fold(word) for word in wording().connectives}
    return " ".join(word for word in map(fold, words) if word not in silent)


def _without_optional(words: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    position = 0
    while position < len(words):
        skipped = next((len(o) for o in wording().optional if words[position : position + len(o)] == o), 0)
        if not skipped:
            kept.append(words[position])
        position += skipped or 1
    return tuple(kept)


def _spelled(text: str) -> str:
    """Letters with the tone of each word after it, so that "uỷ" and "ủy" are one spelling."""
    return " ".join(map(_spelled_word, unicodedata.normalize("NFD", text).split()))


def _spelled_word(word: str) -> str:
    letters = "".join(char for char in word if char not in _TONES)
    tones = "".join(char for char in word if char in _TONES)
    return unicodedata.normalize("NFC", letters) + tones
