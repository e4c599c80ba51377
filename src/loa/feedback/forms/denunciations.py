from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label=_("Message to the person"),
        help_text=_("Readable only with the code and the secret; never sent by e-mail."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    forwarded_to = forms.CharField(
        label=_("Forwarded to"),
        help_text=_("The body that settles it, and the number of the letter under which it was sent."),
        max_length=500,
        required=False,
    )


class EndForm(forms.Form):
    """Nothing to fill in: the act is asked for once more."""
