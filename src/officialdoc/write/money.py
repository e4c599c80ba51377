"""Sums in words as offices print them: "Một triệu không trăm linh năm nghìn đồng"."""

from __future__ import annotations

from officialdoc.speak.numbers import number_in_words


def money_in_words(dong: int) -> str:
    """Whole đồng in words, beginning with a capital. A negative sum begins with "Âm"."""
    words = number_in_words(dong)
    return f"{words[:1].upper()}{words[1:]} đồng"
