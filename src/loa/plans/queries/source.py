"""The text of a document in lines and cells, cut where something was found in it.

Reads: the text (cells apart by tabs, blocks by line ends) and places. Writes: lines for a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Found:
    """Something found between two code points of the text; in a table, a whole row of it.

    `key` is "p12" for a proposal, "w3" for a remark of the reader.
    """

    key: str
    start: int
    end: int
    label: str = ""
    url: str = ""
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    found: tuple[Found, ...]  # what was found here, the narrowest first
    begins: tuple[Found, ...] = ()  # what begins here

    @property
    def keys(self) -> str:
        return " ".join(each.key for each in self.found)

    @property
    def is_remark(self) -> bool:
        return any(each.key.startswith("w") for each in self.found)


@dataclass(slots=True)
class Line:
    cells: list[list[Part]] = field(default_factory=lambda: [[]])

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1

    @property
    def is_empty(self) -> bool:
        return not any(part.text.strip() for cell in self.cells for part in cell)


def place_in(source: dict[str, object], length: int) -> tuple[int, int] | None:
    """The stretch of text a source names, or None where it names none that lies in the text."""
    start, end = source.get("start"), source.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return None
    return (start, end) if 0 <= start < end <= length else None


def source_lines(text: str, found: Iterable[Found]) -> list[Line]:
    """Every line of the text once and in order; a table row stays one line whatever its cells hold."""
    lines: list[Line] = [Line()]
    seen: set[Found] = set()
    for piece, here in _pieces(text, [each for each in found if each.start < each.end]):
        if piece == "\t":
            lines[-1].cells.append([])
        elif piece == "\n" and not any(each.is_row for each in here):
            lines.append(Line())
        else:
            narrow = tuple(sorted(here, key=lambda each: (each.end - each.start, each.start)))
            begins = tuple(each for each in narrow if each not in seen) if piece.strip() else ()
            seen.update(begins)
            lines[-1].cells[-1].append(Part(piece, narrow, begins))
    return [line for line in lines if not line.is_empty]


def _pieces(text: str, places: list[Found]) -> Iterator[tuple[str, list[Found]]]:
    """The text cut at every place's ends, each piece with the places it lies in; tabs and line ends alone."""
    cuts = {0, len(text), *(end for each in places for end in (each.start, each.end))}
    for position, char in enumerate(text):
        if char in "\t\n":
            cuts |= {position, position + 1}
    waiting = sorted(places, key=lambda each: -each.start)
    here: list[Found] = []
    for start, end in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(text))):
        while waiting and waiting[-1].start <= start:
            here.append(waiting.pop())
        here = [each for each in here if each.end > start]
        yield text[start:end], here
