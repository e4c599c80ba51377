from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core.forms import DayInput
from loa.plans.models import Plan


class PlanChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Plan) -> str:
        return f"{obj.year} · {obj.number} {obj.title}"[:120]


class LeadershipForm(forms.Form):
    """Which plan, as of which day, compared with which earlier day."""

    plan = PlanChoice(label=_("Plan"), queryset=Plan.objects.none(), empty_label=None)
    day = forms.DateField(label=_("As of the end of"), required=False, widget=DayInput())
    since = forms.DateField(label=_("Compared with"), required=False, widget=DayInput())

    def __init__(self, *args: Any, plans: QuerySet[Plan], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["plan"].queryset = plans

    def clean_day(self) -> date | None:
        day = self.cleaned_data["day"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given["since"] >= (given.get("day") or self.today):
            self.add_error("since", _("Choose a day before the one that is shown."))
        return given
