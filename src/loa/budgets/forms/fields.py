"""Fields for numbers as offices type them: 1.234.567 đồng, 1,5 days."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loa.budgets.models import MOST_MONEY
from loa.budgets.numbers import read_money, read_quantity
from loa.core.templatetags.ui import quantity
from loa.core.text import format_money


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
