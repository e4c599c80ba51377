from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.forms import DayInput
from loa.plans.forms.assignment import long_text
from loa.plans.models import Task


class ClassifyForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    forms = forms.ModelMultipleChoiceField(
        label=_("Forms of communication"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, initial={"topics": task.topics.all(), "forms": task.forms.all()}, **kwargs)
        self.fields["topics"].queryset = task.plan.topics.all()  # type: ignore[attr-defined]
        self.fields["forms"].queryset = task.plan.forms.all()  # type: ignore[attr-defined]


class TargetForm(forms.Form):
    quantity = forms.DecimalField(label=_("Reached so far"), min_value=0, max_digits=14, decimal_places=2)
    note = forms.CharField(label=_("Note"), required=False, widget=long_text(3))


class OccurrenceForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("of a plan or document", "Title"), max_length=500)
    lead = forms.ModelChoiceField(label=_("Lead agency"), queryset=None, required=False)
    on = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    slot = forms.CharField(label=_("Time"), required=False, max_length=100)
    place = forms.CharField(label=_("Place"), required=False, max_length=300)

    def __init__(self, *args: Any, leads: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads  # type: ignore[attr-defined]


class OccurrenceStepForm(forms.Form):
    """What a step of an occurrence needs: setting the date takes when and where, postponing a reason."""

    on = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    slot = forms.CharField(label=_("Time"), required=False, max_length=100)
    place = forms.CharField(label=_("Place"), required=False, max_length=300)
    note = forms.CharField(label=_("Note"), required=False, widget=long_text(3))

    def __init__(self, *args: Any, step: str, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step != "plan":
            del self.fields["slot"], self.fields["place"]
        if step == "cancel":
            del self.fields["on"]
        if step == "plan":
            self.fields["on"].required = True
        if needs_note:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")
