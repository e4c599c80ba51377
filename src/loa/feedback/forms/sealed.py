"""The form of a denunciation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.feedback.forms.asking import LONGEST, IdentityForm
from loa.feedback.forms.humanity import HumanForm


class SealedForm(IdentityForm, HumanForm):
    content = forms.CharField(
        label=_("What do you report?"),
        help_text=_("Who did what, when and where, and how you know. All of it is sealed."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8}),
    )
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    field_order = ("content", "place", "name", "phone", "email", "address")

    def kept(self) -> dict[str, Any]:
        """What was typed, for the way back; it lies sealed."""
        names = ("content", "place", *IdentityForm.base_fields)
        return {name: self.data.get(name, "")[:LONGEST] for name in names}
