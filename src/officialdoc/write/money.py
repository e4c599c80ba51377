"""Sums in words as offices print them: "Một triệu không trăm linh năm nghìn đồng".

Every group of three digits after the first is read whole ("không trăm linh năm"), a group of zeros is silent;
above the milliard ("tỷ") the counting begins again ("một nghìn tỷ").
"""

from __future__ import annotations

from collections.abc import Iterator

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_MILLIARD = 1_000_000_000


def money_in_words(dong: int) -> str:
    """Whole đồng in words, beginning with a capital. A negative sum begins with "Âm"."""
    words = " ".join(["âm", *_number(-dong)] if dong < 0 else _number(dong))
    return f"{words[:1].upper()}{words[1:]} đồng"


def _number(number: int) -> list[str]:
    return list(_read(number, is_first=True)) or [_DIGITS[0]]


def _read(number: int, *, is_first: bool) -> Iterator[str]:
    """A number's words; inside a larger number (`is_first` false) its leading zeros are heard."""
    above, below = divmod(number, _MILLIARD)
    if above:
        yield from _read(above, is_first=is_first)
        yield "tỷ"
        is_first = False
    for scale in (2, 1, 0):
        group = below // 1000**scale % 1000
        if group:
            yield from _group(group, is_first=is_first)
            yield from filter(None, (_SCALES[scale],))
            is_first = False


def _group(group: int, *, is_first: bool) -> Iterator[str]:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    if hundreds or not is_first:
        yield f"{_DIGITS[hundreds]} trăm"
    if tens == 1:
        yield "mười"
    elif tens:
        yield f"{_DIGITS[tens]} mươi"
    elif units and (hundreds or not is_first):
        yield "linh"
    if units:
        yield _unit(units, tens)


def _unit(units: int, tens: int) -> str:
    """1, 4 and 5 sound otherwise after tens."""
    if tens > 1 and units in (1, 4):
        return "mốt" if units == 1 else "tư"
    return "lăm" if tens and units == 5 else _DIGITS[units]
