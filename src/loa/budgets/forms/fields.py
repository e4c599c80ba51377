"""Numbers as offices type them: 1.234.567 đồng, 1,5 days."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loa.budgets.models import MOST_MONEY
from loa.core.templatetags.ui import quantity
from loa.core.text import format_money

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


class MoneyField(forms.Field):
    """Whole đồng; points between thousands may be typed and are shown."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "money"})
    default_error_messages = {
        "invalid": _("Write whole đồng, such as 1.500.000."),
        "too_much": _("This is more than any budget."),
        "too_little": _("This must be more than nought."),
    }

    def __init__(self, *, is_positive: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_positive = is_positive

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            amount = read_money(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if amount > MOST_MONEY:
            raise ValidationError(self.error_messages["too_much"], code="too_much")
        if self.is_positive and not amount:
            raise ValidationError(self.error_messages["too_little"], code="too_little")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return format_money(value).removesuffix(" ₫") if isinstance(value, int) else value


class QuantityField(forms.Field):
    """How many or how often: up to two decimals."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "quantity"})
    default_error_messages = {"invalid": _("Write a number with at most two decimals, such as 1,5.")}

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            return read_quantity(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return quantity(value) if isinstance(value, Decimal | int) else value
