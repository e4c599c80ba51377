from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DataNoteForm(forms.Form):
    """Words to the asker; required where nothing is done yet."""

    note = forms.CharField(
        label=_("Message to the sender"),
        help_text=_("Shown on the page of the case and kept in the history: write no personal data here."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )


class DataDoneForm(DataNoteForm):
    note = forms.CharField(
        label=_("Message to the sender"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
