from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.feedback.forms.humanity import HumanForm
from loa.feedback.queries import case_opened_by, denunciation_opened_by


class FollowForm(HumanForm):
    """Code and secret; a code that was guessed at often asks for a proof of a person besides (`must_prove`)."""

    code = forms.CharField(
        label=_("Code of the case"),
        max_length=30,
        widget=forms.TextInput(
            {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=40,
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("code", "secret")
    found_code = ""
    is_wrong = False

    def __init__(self, *args: Any, must_prove: bool = False, **kwargs: Any) -> None:
        self.must_prove = must_prove
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A wrong code and a wrong secret are told alike."""
        data = super().clean() if self.must_prove else self.cleaned_data
        if data.get("code") and data.get("secret") and not self.errors:
            found = case_opened_by(data["code"], data["secret"]) or denunciation_opened_by(
                data["code"], data["secret"]
            )
            if found is None:
                self.is_wrong = True
                raise forms.ValidationError(
                    _("No case has this code and this secret. Look at both again; capitals do not matter.")
                )
            self.found_code = found.code
        return data
