from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.core.forms import DayInput


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class StepForm(forms.Form):
    """What goes with a step: a reason where it needs one, a word where it may have one."""

    note = forms.CharField(label=_("Note"), required=False, widget=long_text())

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_note:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")


class OfficerForm(forms.Form):
    officer = forms.ModelChoiceField(label=_("Officer in charge"), queryset=None)

    def __init__(self, *args: Any, officers: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers  # type: ignore[attr-defined]


class ExtensionForm(forms.Form):
    new_due_on = forms.DateField(label=_("New due date"), widget=DayInput)
    reason = forms.CharField(label=_("Why more time is needed"), widget=long_text())


class ExplanationForm(forms.Form):
    question = forms.CharField(label=_("What is to be explained"), widget=long_text())
    working_days = forms.IntegerField(
        label=_("Working days to answer"), required=False, min_value=1, max_value=120, localize=False
    )
    due_on = forms.DateField(
        label=_("Or answer by a day you name"),
        required=False,
        widget=DayInput,
        help_text=_("A day given here counts instead of the working days."),
    )


class AnswerForm(forms.Form):
    """The words of an answer, required where the step needs them."""

    answer = forms.CharField(label=_("Answer"), required=False, widget=long_text())

    def __init__(self, *args: Any, needs_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = needs_note
