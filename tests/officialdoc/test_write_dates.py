from datetime import date

import pytest

from officialdoc.write.dates import (
    date_in_words,
    format_money,
    format_number,
    number_and_symbol,
    place_and_date,
)
from officialdoc.write.form import form_for

FORM = form_for(None)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2019, 2, 1), "ngày 01 tháng 02 năm 2019"),
        (date(2019, 1, 10), "ngày 10 tháng 01 năm 2019"),
        (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
        (date(2020, 9, 9), "ngày 09 tháng 9 năm 2020"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_date_pads_days_below_ten_and_the_first_two_months(on, words):
    assert date_in_words(on, FORM.date) == words


def test_place_and_date_without_a_day_leaves_room_for_the_pen():
    line = place_and_date("Hải Phòng", None, FORM.date)

    assert line == "Hải Phòng, ngày      tháng      năm"


@pytest.mark.parametrize(
    ("number", "printed"),
    [(7, " 07/BC-SNV"), (10, " 10/BC-SNV"), (4200, " 4200/BC-SNV"), (None, "       /BC-SNV")],
)
def test_number_below_ten_takes_a_zero(number, printed):
    assert number_and_symbol(number, "BC-SNV", FORM.number) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(42, "42"), (1204, "1.204"), (1234567.5, "1.234.567,5"), (-1000, "-1.000"), (0, "0")],
)
def test_number_takes_dots_between_thousands(value, printed):
    assert format_number(value) == printed


def test_money_is_in_dong():
    assert format_money(1234567) == "1.234.567 ₫"
