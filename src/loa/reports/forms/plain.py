"""Forms that several nouns share."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 4}))


class EmptyForm(forms.Form):
    """A plain yes."""
