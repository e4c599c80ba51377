"""Numbers as they are read: golden pairs, and a round trip through a parser of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officialdoc.speak.numbers import (
    digits_in_words,
    number_in_words,
    ordinal_in_words,
    roman_value,
    written_number_in_words,
)

ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip


def parse(words):
    """The number that words say; knows nothing of how they are made."""
    total = millions = group = digit = 0
    for word in words.split():
        if word == "tỷ":
            total = (total + millions + group + digit) * 10**9
            millions = group = digit = 0
        elif word in ("triệu", "nghìn"):
            millions += (group + digit) * (10**6 if word == "triệu" else 10**3)
            group = digit = 0
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            digit = ONES[word]
    return total + millions + group + digit


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (2019, "hai nghìn không trăm mười chín"),
        (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        (1_000_000, "một triệu"),
        (10**9, "một tỷ"),
        (10**12, "một nghìn tỷ"),
        (10**9 + 1, "một tỷ không trăm linh một"),
        (-7, "âm bảy"),
    ],
)
def test_number_is_read(number, words):
    assert number_in_words(number) == words


@settings(max_examples=2000, deadline=None)
@given(st.integers(min_value=0, max_value=10**12))
def test_words_say_the_number_again(number):
    assert parse(number_in_words(number)) == number


def test_every_small_number_comes_back():
    assert [parse(number_in_words(number)) for number in range(2500)] == list(range(2500))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("1.234.567", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        ("12,5", "mười hai phẩy năm"),
        ("3,14", "ba phẩy mười bốn"),
        ("0,05", "không phẩy không năm"),
        ("1,250", "một phẩy hai năm không"),
        ("05", "năm"),
        ("1234567890123456", "một hai ba bốn năm sáu bảy tám chín không một hai ba bốn năm sáu"),
    ],
)
def test_written_number_is_read(written, words):
    assert written_number_in_words(written) == words


def test_digits_ordinals_and_roman_numerals():
    assert digits_in_words("0225") == "không hai hai năm"
    assert [ordinal_in_words(number) for number in (1, 2, 4, 5, 24)] == [
        "nhất",
        "hai",
        "tư",
        "năm",
        "hai mươi tư",
    ]
    assert [roman_value(text) for text in ("IV", "XIII", "XL", "MCMXLV", "IIII", "VX", "IC")] == [
        4, 13, 40, 1945, None, None, None,
    ]  # fmt: skip
