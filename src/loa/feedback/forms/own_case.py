"""What the asker types on the page of an own case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.feedback.forms.asking import IdentityForm
from loa.feedback.forms.files import FilesField

STARS = (
    (5, _("5 – very satisfied")),
    (4, _("4 – satisfied")),
    (3, _("3 – partly")),
    (2, _("2 – not satisfied")),
    (1, _("1 – not at all")),
)


class ReplyToQuestionForm(forms.Form):
    reply = forms.CharField(label=_("Your reply"), max_length=10_000, widget=forms.Textarea({"rows": 5}))
    attached = FilesField(label=_("Files"), required=False, help_text=_("Up to 5 files of 10 MB each."))

    def clean_attached(self) -> Any:
        checked = self.cleaned_data["attached"]
        if checked.bad:
            raise forms.ValidationError(checked.sentences())
        return checked.good[:5]


class RateForm(forms.Form):
    stars = forms.TypedChoiceField(
        label=_("Does the answer help you?"), choices=STARS, coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("In your own words"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    may_show = forms.BooleanField(
        label=_("My words may stand beside the published answer, without my name"), required=False
    )


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("What does the answer leave open?"), max_length=5000, widget=forms.Textarea({"rows": 5})
    )


class SureForm(forms.Form):
    """Nothing to fill in: the act is asked for once more."""


class CopyForm(forms.Form):
    """Nothing to fill in."""


class CorrectionForm(IdentityForm):
    """What is typed replaces what is kept; what is left empty stays as it is."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in IdentityForm.base_fields):
            raise forms.ValidationError(_("Write at least what is to be corrected."))
        return data


class ErasureForm(forms.Form):
    with_content = forms.BooleanField(
        label=_("Erase what I wrote and sent as well"),
        help_text=_(
            "Possible once the case has ended. The agency's own acts and answer stay, as law requires."
        ),
        required=False,
    )
    sure = forms.BooleanField(
        label=_("I know that nobody can reach me about this case afterwards"),
    )
