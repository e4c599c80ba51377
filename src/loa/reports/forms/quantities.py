"""Numbers as people type them in Vietnamese and in English."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.core.templatetags.ui import quantity

_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?")  # 1.234 and 1.234.567,5
_COMMA = re.compile(r"\d+(,\d{1,2})?")  # 1234 and 12,5
_POINT = re.compile(r"\d+\.\d{1,2}")  # 12.5


class QuantityField(forms.CharField):
    """A number that is not negative, with at most two decimals; empty is None."""

    default_error_messages = {"number": _("Write a number, such as 1234 or 12,5.")}

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value or "").split())
        if not text:
            return None
        if _POINT.fullmatch(text):
            return Decimal(text)
        if _GROUPED.fullmatch(text) or _COMMA.fullmatch(text):
            return Decimal(text.replace(".", "").replace(",", "."))
        raise forms.ValidationError(self.error_messages["number"], code="number")

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        if value is not None and value >= Decimal(10) ** 13:
            raise forms.ValidationError(self.error_messages["number"], code="number")

    def prepare_value(self, value: Any) -> Any:
        return quantity(value) if isinstance(value, Decimal) else value
