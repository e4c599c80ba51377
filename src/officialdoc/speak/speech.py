"""A text as it is read aloud.

Reads: text, abbreviations {letters: words}, readings {piece as written: how it is read instead}.
Writes: a `Speech`: segments whose written parts joined are the text again, and the words to be read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from officialdoc.speak.pieces import LETTERS_AT, RULES, Rule

_WORD = re.compile(r"\w+(?:-\w+)*")
_SENTENCE = re.compile(r"[^.!?\n]+")
_CAPITALS = re.compile(r"(?<![\w-])[A-ZĐ][A-ZĐ0-9]+(?![\w-])")
_ALLOWED = set(" .,!?:-\n")
_END = ".!?:"


@dataclass(frozen=True, slots=True)
class Segment:
    """`kind` is "" where what is read is what is written."""

    written: str
    spoken: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """What the reader reads: one paragraph a line, each line ending as a sentence."""
        joined = "".join(segment.spoken for segment in self.segments)
        lines = (_tidy(line) for line in joined.split("\n"))
        return "\n".join(line for line in lines if line)

    @property
    def pieces(self) -> list[Segment]:
        """Those that are read otherwise than they are written, each once, in their order."""
        found: dict[str, Segment] = {}
        for segment in self.segments:
            if segment.kind and segment.kind != "mark":
                found.setdefault(segment.written, segment)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at before the text is read. `code`: long_sentence, mark, letters, digits."""

    code: str
    text: str
    count: int = 0


def speak(text: str, abbreviations: Mapping[str, str], readings: Mapping[str, str] | None = None) -> Speech:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    segments, place = [], 0
    for start, end, spoken, kind in _spans(text, abbreviations):
        if start > place:
            segments.append(Segment(text[place:start], text[place:start]))
        written = text[start:end]
        segments.append(Segment(written, (readings or {}).get(written, spoken), kind))
        place = end
    if place < len(text):
        segments.append(Segment(text[place:], text[place:]))
    return Speech(tuple(segments))


def _spans(text: str, abbreviations: Mapping[str, str]) -> list[tuple[int, int, str, str]]:
    """Places that are read otherwise, in order; an earlier rule keeps its place from later ones."""
    taken = bytearray(len(text))
    found = []
    for rule in (*RULES[:LETTERS_AT], *_composed(abbreviations), *RULES[LETTERS_AT:]):
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if start == end or any(taken[start:end]):
                continue
            spoken = rule.read(match, abbreviations)
            if spoken is None or spoken == match[0]:
                continue
            taken[start:end] = b"\1" * (end - start)
            found.append((start, end, spoken, rule.kind))
    return sorted(found)


def _composed(abbreviations: Mapping[str, str]) -> list[Rule]:
    """Letters with a sign or a space inside ("PT&TH", "PAR INDEX") are found before their parts."""
    odd = sorted(
        (letters for letters in abbreviations if not letters.rstrip(".").isalpha()), key=len, reverse=True
    )
    if not odd:
        return []
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, odd))})(?!\w)"
    return [Rule("letters", re.compile(pattern), lambda found, known: known.get(found[0]))]


def _tidy(line: str) -> str:
    line = " ".join(line.split())
    line = re.sub(r"\s+([.,!?:])", r"\1", line)
    line = re.sub(r"[,:]*,([.,!?:])", r"\1", line)
    line = re.sub(r"(?<=[,!?])(?=\w)", " ", line).strip(" ,")
    if not line or line[-1] in _END:
        return line
    return f"{line}."


def count_words(text: str) -> int:
    """Words as a speaker counts them: syllables; "ki-lô-mét" has three."""
    return sum(word.count("-") + 1 for word in _WORD.findall(text))


def seconds_to_read(text: str, words_per_minute: int) -> int:
    return ceil(count_words(text) * 60 / words_per_minute)


def findings(speech: Speech, *, longest_sentence: int) -> list[Finding]:
    """What to look at: sentences too long for one breath, marks nobody can read, letters nobody has explained."""
    text = speech.text
    return [*_long(text, longest_sentence), *_letters(speech), *_marks(text)]


def _long(text: str, longest: int) -> Iterator[Finding]:
    for sentence in _SENTENCE.findall(text):
        count = count_words(sentence)
        if count > longest:
            yield Finding("long_sentence", sentence.strip(), count)


def _letters(speech: Speech) -> Iterator[Finding]:
    """Capitals that stand alone: a heading in capitals has others beside it."""
    seen = set()
    for segment in speech.segments:
        if segment.kind:
            continue
        for found in _CAPITALS.finditer(segment.written):
            beside = (
                segment.written[: found.start()].split()[-1:] + segment.written[found.end() :].split()[:1]
            )
            if found[0] not in seen and not any(len(word) > 1 and word.isupper() for word in beside):
                seen.add(found[0])
                yield Finding("letters", found[0])


def _marks(text: str) -> Iterator[Finding]:
    strange = [
        char for char in text if not (char.isalpha() or char in _ALLOWED or unicodedata.combining(char))
    ]
    digits = re.findall(r"\S*\d\S*", text)
    yield from (Finding("digits", piece) for piece in dict.fromkeys(digits))
    yield from (Finding("mark", char) for char in dict.fromkeys(strange) if not char.isdecimal())
