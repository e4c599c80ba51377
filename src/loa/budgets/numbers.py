"""Numbers as offices write them: 1.234.567 đồng, 1,5 days. Typed into a form, pasted, or read from a sheet."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_UNIT = re.compile(r"\s*(?:₫|đ|đồng|vnd|vnđ)\s*$", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[. ,]\d{3})+")


def read_money(text: str) -> int:
    """Whole đồng from "1.234.567 ₫", "1234567", "1,234,567". Raises ValueError."""
    plain = _UNIT.sub("", text.replace("\xa0", " ").strip())
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[., ]", "", plain)
    plain = re.sub(r"[.,]0{1,2}$", "", plain)  # "1000000.00" as sheets export it
    if not re.fullmatch(r"\d{1,18}", plain):
        raise ValueError(text)
    return int(plain)


def read_quantity(text: str) -> Decimal:
    """A number with at most two decimals: "1,5", "1.5", "1.000". Raises ValueError."""
    plain = text.replace("\xa0", "").replace(" ", "").strip()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", plain):
        raise ValueError(text)
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if number != round(number, 2):
        raise ValueError(text)
    return number.quantize(Decimal("0.01"))
