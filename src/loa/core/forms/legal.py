from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from loa.core import queries
from loa.core.forms.plain import DayInput
from loa.core.legal import CHOICES, value_name
from loa.core.models import LegalRule

_VALUE = "value_"


class CorrectRuleForm(forms.Form):
    """A rule with its numbers as fields of their own names. `cleaned_data` holds `values` as the row keeps them."""

    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    valid_from = forms.DateField(label=_("Holds from"), widget=DayInput)
    valid_to = forms.DateField(
        label=_("Holds to"), required=False, widget=DayInput, help_text=_("Empty: until another text.")
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    is_checked = forms.BooleanField(
        label=_("I have read it in the text itself"),
        required=False,
        help_text=_("Otherwise it is shown as not verified."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, rule: LegalRule) -> None:
        self.rule = rule
        super().__init__(data, initial=self.first_values(rule))
        for key, value in rule.values.items():
            self.fields[_VALUE + key] = _field(key, value)
        self.order_fields([*self._first_fields(), *(_VALUE + key for key in rule.values)])

    @staticmethod
    def first_values(rule: LegalRule) -> dict[str, Any]:
        plain = ("name_vi", "name_en", "valid_from", "valid_to", "legal_basis", "is_checked", "note")
        return {key: getattr(rule, key) for key in plain}

    def _first_fields(self) -> tuple[str, ...]:
        return ("name_vi", "name_en")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        values = {}
        for key, like in self.rule.values.items():
            typed = given.pop(_VALUE + key, None)
            try:
                values[key] = typed if isinstance(typed, int) else queries.read_value(key, typed or "", like)
            except ValidationError as error:
                self.add_error(_VALUE + key, error)
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("It ends before it begins."))
        return {**given, "values": values}


class AddRuleForm(CorrectRuleForm):
    """What a new text says: the numbers as they are, its day and its name to be typed."""

    @staticmethod
    def first_values(rule: LegalRule) -> dict[str, Any]:
        return {"name_vi": rule.name_vi, "name_en": rule.name_en}


def _field(key: str, value: Any) -> forms.Field:
    label = value_name(key)
    if key in CHOICES:
        return forms.ChoiceField(label=label, choices=CHOICES[key], initial=value)
    if isinstance(value, bool):
        return forms.BooleanField(label=label, initial=value, required=False)
    if isinstance(value, int):
        return forms.IntegerField(
            label=label, initial=value, min_value=-9999, max_value=99999, localize=False
        )
    if isinstance(value, list):
        told = ", ".join(str(item) for item in value)
        return forms.CharField(label=label, initial=told, help_text=_("Separated by commas."))
    return forms.CharField(label=label, initial=str(value), disabled=isinstance(value, dict))
