"""A case that an officer writes down for somebody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.feedback.forms.fields import AgencyField, CommuneField, FilesField, ProcedureField
from loa.feedback.models import Case, Consent

SOURCES = [Case.Source.HOTLINE, Case.Source.COUNTER, Case.Source.REPORTER, Case.Source.DIALOGUE]
_KINDS = [("", _("Not said")), *((kind.value, kind.label) for kind in Case.HANDLED)]


def new_key() -> str:
    return uuid4().hex


class EntryForm(forms.Form):
    """The fields of the public form, the caller's own words first. `key` makes a second click one case."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=new_key)
    content = forms.CharField(
        label=_("What happened, or what is asked"),
        help_text=_("In the person's own words."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7, "autofocus": True}),
    )
    source = forms.ChoiceField(
        label=_("Channel"),
        choices=[(source.value, source.label) for source in SOURCES],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("Category, in their view"), choices=_KINDS, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=50, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Where they live"), max_length=300, required=False)
    commune = CommuneField(label=_("Commune where it happened"), required=False)
    place = forms.CharField(label=_("Where exactly"), max_length=200, required=False)
    about = AgencyField(label=_("About which body"), required=False)
    procedure = ProcedureField(label=_("About which procedure"), required=False)
    files = FilesField(label=_("Papers and pictures"), required=False)
    is_denunciation = forms.BooleanField(
        label=_("This is a denunciation: keep it sealed for its officer alone"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Consent.Purpose:
            label = gettext("Consent given: %(purpose)s") % {"purpose": purpose.label}
            self.fields[f"consent_{purpose.value}"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("consent_contact") and not data.get("email") and "email" not in self.errors:
            self.add_error(
                "email", gettext("Without an address nothing can be sent: write it down or untick.")
            )
        return data

    @property
    def consents(self) -> dict[str, str]:
        """Each purpose with the words of the question, marked as asked by word of mouth."""
        return {
            purpose.value: gettext("Consent given orally: %(purpose)s") % {"purpose": purpose.label}
            for purpose in Consent.Purpose
            if self.cleaned_data[f"consent_{purpose.value}"]
        }
