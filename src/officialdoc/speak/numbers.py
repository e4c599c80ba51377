"""Numbers as they are read in Vietnamese.

Every group of three digits after the first is read whole ("không trăm linh năm"), a group of zeros is silent;
above the milliard ("tỷ") the counting begins again ("một nghìn tỷ").
"""

from __future__ import annotations

from collections.abc import Iterator

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
LONGEST = 15  # digits that are read as one number; a longer one is read digit by digit
_SCALES = ("", "nghìn", "triệu")
_MILLIARD = 1_000_000_000
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_FIRST_DAYS = 10  # "mồng" stands before these
_APRIL = 4
_SPOKEN_DECIMALS = 2  # so many are read as a number, more digit by digit


def number_in_words(number: int) -> str:
    """1234567 → "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"; a negative one begins with "âm"."""
    words = ["âm", *_number(-number)] if number < 0 else _number(number)
    return " ".join(words)


def digits_in_words(digits: str) -> str:
    """Each digit for itself, as telephone numbers are read; what is no digit is left out."""
    return " ".join(DIGITS[int(digit)] for digit in digits if digit.isdecimal())


def written_number_in_words(text: str) -> str:
    """As printed in Vietnam: points between thousands, a comma before decimals: "1.234,5", "05", "0,05"."""
    whole, comma, decimals = text.replace(".", "").partition(",")
    words = digits_in_words(whole) if len(whole) > LONGEST else number_in_words(int(whole or "0"))
    if not comma:
        return words
    is_short = len(decimals) <= _SPOKEN_DECIMALS and not decimals.startswith("0")
    after = number_in_words(int(decimals)) if is_short else digits_in_words(decimals)
    return f"{words} phẩy {after}"


def day_in_words(day: int) -> str:
    """The first ten days of a month have "mồng" before them."""
    words = number_in_words(day)
    return f"mồng {words}" if day <= _FIRST_DAYS else words


def month_in_words(month: int) -> str:
    return "tư" if month == _APRIL else number_in_words(month)


def ordinal_in_words(number: int) -> str:
    """What follows "thứ": nhất, hai, ba, tư, năm …"""
    return {1: "nhất", _APRIL: "tư"}.get(number) or number_in_words(number)


def roman_value(text: str) -> int | None:
    """The value of a well-formed Roman numeral; None for what is not one ("IIII", "VX")."""
    values = [_ROMAN[letter] for letter in text]
    total = sum(
        -value if value < max(values[place + 1 :], default=0) else value for place, value in enumerate(values)
    )
    return total if _roman(total) == text else None


def _roman(number: int) -> str:
    found = ""
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    for value, letters in pairs:
        while number >= value:
            found, number = found + letters, number - value
    return found


def _number(number: int) -> list[str]:
    return list(_read(number, is_first=True)) or [DIGITS[0]]


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
        yield f"{DIGITS[hundreds]} trăm"
    if tens == 1:
        yield "mười"
    elif tens:
        yield f"{DIGITS[tens]} mươi"
    elif units and (hundreds or not is_first):
        yield "linh"
    if units:
        yield _unit(units, tens)


def _unit(units: int, tens: int) -> str:
    """1, 4 and 5 sound otherwise after tens."""
    if tens > 1 and units in (1, 4):
        return "mốt" if units == 1 else "tư"
    return "lăm" if tens and units == 5 else DIGITS[units]
