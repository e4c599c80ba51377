"""Two versions side by side, word by word, without ever being slow.

Equal paragraphs are matched first; words are compared only inside paragraphs that differ, and only where both sides
are short enough to be told apart in time. Where they are not, the whole paragraph is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from loa.procedures.models import ProcedureVersion
from loa.procedures.queries.content import FIELDS, changed_fields, content_of, words_of

MOST_WORDS = 1_500  # of one side of a changed passage
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class FieldComparison:
    key: str
    label: Any
    is_changed: bool
    before: list[Piece]
    after: list[Piece]


def compare(before: ProcedureVersion, after: ProcedureVersion) -> list[FieldComparison]:
    """Every field that says something on either side; those that differ are marked word by word."""
    old, new = content_of(before), content_of(after)
    differing = set(changed_fields(old, new))
    found = []
    for key, label in FIELDS.items():
        left = words_of(key, old, level_name=str(before.online_level or ""))
        right = words_of(key, new, level_name=str(after.online_level or ""))
        if not left and not right:
            continue
        if key in differing:
            found.append(FieldComparison(key, label, True, *sides(left, right)))
        else:
            found.append(FieldComparison(key, label, False, [Piece(left)], [Piece(right)]))
    return found


def sides(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Each text cut into pieces; what the other has not is marked. The pieces joined are the text."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    left: list[Piece] = []
    right: list[Piece] = []
    matcher = SequenceMatcher(
        None, [line.strip() for line in old], [line.strip() for line in new], autojunk=False
    )
    for kind, start, end, begin, stop in matcher.get_opcodes():
        gone, come = "".join(old[start:end]), "".join(new[begin:stop])
        if kind == "equal":
            left.append(Piece(gone))
            right.append(Piece(come))
        else:
            _compare_words(gone, come, left, right)
    return list(_joined(left)), list(_joined(right))


def _compare_words(before: str, after: str, left: list[Piece], right: list[Piece]) -> None:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS or not old or not new:
        left.append(Piece(before, is_marked=True))
        right.append(Piece(after, is_marked=True))
        return
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    for kind, start, end, begin, stop in SequenceMatcher(
        None, bare_old, bare_new, autojunk=False
    ).get_opcodes():
        is_marked = kind != "equal"
        left.append(Piece("".join(old[start:end]), is_marked))
        right.append(Piece("".join(new[begin:stop]), is_marked))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind become one piece; empty ones go."""
    text, is_marked = "", False
    for piece in pieces:
        if not piece.text:
            continue
        if text and piece.is_marked == is_marked:
            text += piece.text
            continue
        if text:
            yield Piece(text, is_marked)
        text, is_marked = piece.text, piece.is_marked
    if text:
        yield Piece(text, is_marked)


def changed_labels(before: ProcedureVersion, after: ProcedureVersion) -> list[str]:
    """What a change touches, in a few words: "Papers to hand in", "Where to hand in"."""
    return [str(FIELDS[key]) for key in changed_fields(content_of(before), content_of(after))]
