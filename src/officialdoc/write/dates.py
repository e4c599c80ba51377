"""Numbers and dates as offices print them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .form import DateRule, NumberRule


def place_and_date(place: str, on: date | None, rule: DateRule) -> str:
    return f"{place}, {date_in_words(on, rule)}"


def date_in_words(on: date | None, rule: DateRule) -> str:
    """As in "ngày 05 tháng 3 năm 2020"; a blank date leaves room for the pen."""
    if on is None:
        return f"ngày{rule.blank}tháng{rule.blank}năm{rule.blank}".rstrip()
    day = f"{on.day:0{rule.day_digits}d}"
    month = f"{on.month:02d}" if on.month in rule.padded_months else str(on.month)
    return f"ngày {day} tháng {month} năm {on.year}"


def number_and_symbol(number: int | None, symbol: str, rule: NumberRule) -> str:
    """As in " 07/BC-STTTT"; a blank number leaves room for the pen."""
    printed = rule.blank if number is None else f" {number:0{rule.digits}d}"
    return f"{printed}/{symbol}"


def format_number(value: float | Decimal) -> str:
    """1234567.5 → "1.234.567,5": dots between thousands, a comma before decimals."""
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def format_money(dong: int) -> str:
    """Đồng without decimals: "1.234.567 ₫"."""
    return f"{format_number(dong)} ₫"
