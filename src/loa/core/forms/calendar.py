from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.core import queries
from loa.core.forms.plain import DayInput
from loa.core.models import CalendarDay


class ChangeDayForm(forms.Form):
    """What a day is and which text says so."""

    kind = forms.ChoiceField(label=_("What it is"), choices=CalendarDay.Kind.choices)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    legal_act = forms.CharField(
        label=_("Legal act"),
        max_length=300,
        required=False,
        help_text=_(
            "The text that announces it. Left empty, the day counts but is shown as not yet announced."
        ),
    )
    announced_on = forms.DateField(label=_("Announced on"), required=False, widget=DayInput)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, day: CalendarDay | None = None) -> None:
        self.day = day
        initial = queries.values_of(day) if day else {"kind": CalendarDay.Kind.OFF}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        on = given.get("date") or (self.day.date if self.day else None)
        if on and given.get("kind") and (why_not := queries.why_not_day(on, given["kind"])):
            self.add_error("kind", why_not)
        return given


class AddDayForm(ChangeDayForm):
    date = forms.DateField(label=_("Day"), widget=DayInput)
    field_order = ("date", "kind", "name")


class RemoveDayForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))
