import pytest
from hypothesis import given
from hypothesis import strategies as st

from officialdoc.write.money import money_in_words

DIGITS = {word: digit for digit, word in enumerate(("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"))} | {"mốt": 1, "tư": 4, "lăm": 5}  # fmt: skip
SCALES = {"nghìn": 1000, "triệu": 1_000_000}


def number_of(words):
    """The other way round, by a listener who knows nothing of how the words were made."""
    milliards, *below = words.rsplit(" tỷ", 1)
    if below:
        return number_of(milliards) * 10**9 + number_of(below[0].strip())
    total = group = digit = 0
    for word in words.split():
        if word in SCALES:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        elif word in ("trăm", "mươi"):
            group, digit = group + digit * (100 if word == "trăm" else 10), 0
        elif word == "mười":
            group += 10
        elif word != "linh":
            digit = DIGITS[word]
    return total + group + digit


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (101, "Một trăm linh một đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (250_000_000, "Hai trăm năm mươi triệu đồng"),
        (1_234_567, "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
        (2_000_000_001, "Hai tỷ không trăm linh một đồng"),
        (1_500_000_000_000, "Một nghìn năm trăm tỷ đồng"),
        (3_015_000_000_000, "Ba nghìn không trăm mười lăm tỷ đồng"),
        (-7_000, "Âm bảy nghìn đồng"),
    ],
)
def test_sums_are_read_as_offices_read_them(dong, words):
    assert money_in_words(dong) == words


@given(st.integers(min_value=1, max_value=10**18 - 1))
def test_words_say_the_sum_and_no_other(dong):
    assert number_of(money_in_words(dong).removesuffix(" đồng").lower()) == dong
