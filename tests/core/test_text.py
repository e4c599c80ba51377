import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.core.text import fold, format_date, format_money, sort_key, weekday_name

DICTIONARY_ORDER = [
    "ám", "an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "bà mẹ", "báo", "cam", "chanh", "da", "đa",
    "em", "êm", "ga", "ha", "im", "khế", "lan", "mơ", "na", "oi", "ôi", "ơi", "pha", "quả", "ra", "sung",
    "ta", "un", "ưng", "va", "xa", "y tế",
]  # fmt: skip

words = st.text(alphabet="aăâbdđeêoôơuưyàảãáạ dð0123 -A Đ", max_size=12)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Cải cách HÀNH CHÍNH", "cai cach hanh chinh"),
        ("  Đổng   Quốc\nBình ", "dong quoc binh"),
        ("Ðồ Sơn ð", "do son d"),
        (unicodedata.normalize("NFD", "Thủy Đường"), "thuy duong"),
        ("", ""),
    ],
)
def test_fold_drops_marks_and_case(written, folded):
    assert fold(written) == folded


@given(st.text())
def test_fold_twice_equals_once(text):
    assert fold(fold(text)) == fold(text)


@given(words)
def test_fold_ignores_how_marks_are_composed(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_sort_key_orders_the_alphabet_before_tones():
    backwards = DICTIONARY_ORDER[::-1]

    assert sorted(backwards, key=sort_key) == DICTIONARY_ORDER


def test_sort_key_lets_tones_decide_only_at_the_end():
    names = ["Hòa Bình", "Hoa Động", "Hóa An", "Hoà An", "hoa an"]

    assert sorted(names, key=sort_key) == ["hoa an", "Hoà An", "Hóa An", "Hòa Bình", "Hoa Động"]


def test_sort_key_puts_numbers_before_letters_and_other_scripts_last():
    assert sorted(["Ω", "b", "1", "a b", "a-b", "ab"], key=sort_key) == ["1", "a b", "a-b", "ab", "b", "Ω"]


@given(words, words)
def test_sort_key_compares_prefixes_first(head, tail):
    assert sort_key(head) <= sort_key(head + tail)


@given(st.text())
def test_sort_key_is_plain_letters_and_digits(text):
    key = sort_key(text)

    assert key.isascii()
    assert key.isalnum()


@given(words)
def test_sort_key_ignores_how_marks_are_composed(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@given(words)
def test_sort_key_keeps_to_its_promised_length(text):
    assert len(sort_key(text)) <= 3 * len(text) + 2


def test_format_date_prints_leading_zeros():
    assert format_date(date(2019, 2, 1)) == "01/02/2019"


@pytest.mark.parametrize(
    ("amount", "printed"),
    [(0, "0 ₫"), (999, "999 ₫"), (1234567, "1.234.567 ₫"), (-20000, "-20.000 ₫")],
)
def test_format_money_separates_thousands(amount, printed):
    assert format_money(amount) == printed


def test_weekday_name_starts_the_week_on_monday():
    assert [weekday_name(date(2019, 2, day)) for day in (4, 9, 10)] == ["Thứ Hai", "Thứ Bảy", "Chủ nhật"]
