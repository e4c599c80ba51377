"""A text in one spelling, each letter of which knows its place in the text as it was typed.

Reads: any text. Writes: `Spelled`, in NFC.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spelled:
    original: str
    text: str  # in NFC
    starts: tuple[int, ...] | None = None  # place in the original of each letter; None where nothing moved

    def place(self, at: int) -> int:
        """Where in the original a letter begins, which is where the one before it ends."""
        if self.starts is None:
            return at
        return self.starts[at] if at < len(self.starts) else len(self.original)


def spelled(text: str) -> Spelled:
    if unicodedata.is_normalized("NFC", text):
        return Spelled(text, text)
    letters: list[str] = []
    starts: list[int] = []
    begin = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        composed = unicodedata.normalize("NFC", text[begin:end])
        letters.append(composed)
        starts.extend([begin] * len(composed))
        begin = end
    return Spelled(text, "".join(letters), tuple(starts))
