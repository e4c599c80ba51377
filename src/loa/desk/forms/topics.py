from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.core.forms import DayInput
from loa.feedback.queries import Period

DAYS = 30  # shown where nothing else is asked for
LONGEST = 731


class HeatForm(forms.Form):
    """From a day to a day; the last thirty where nothing is asked for."""

    first = forms.DateField(label=_("From"), required=False, widget=DayInput)
    last = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def __init__(self, data: Any = None, *, today: date) -> None:
        self.whole = Period(today - timedelta(days=DAYS - 1), today)
        super().__init__(data, initial={"first": self.whole.first, "last": self.whole.last})

    @property
    def period(self) -> Period:
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        last = asked.get("last") or self.whole.last
        first = asked.get("first") or min(self.whole.first, last)
        return Period(first, last)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            raise forms.ValidationError(_("The first day lies after the last one."))
        if first and last and (last - first).days > LONGEST:
            raise forms.ValidationError(_("Two years at most."))
        return data
