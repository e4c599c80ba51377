"""Characters that no office file may hold."""

from __future__ import annotations

# XML 1.0 allows no control character but tab and line ends, no lone surrogate, no U+FFFE/F
FORBIDDEN = dict.fromkeys(
    {*range(0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {0x09, 0x0A},
)


def printable(text: str) -> str:
    return text.translate(FORBIDDEN)
