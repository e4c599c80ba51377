from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.feedback.models import Case
from loa.feedback.queries import case_opened_by


class FollowForm(forms.Form):
    code = forms.CharField(label=_("Code of the case"), max_length=30)
    secret = forms.CharField(label=_("Secret"), max_length=30)
    case: Case

    def clean(self) -> dict[str, Any]:
        """A wrong code and a wrong secret are told alike."""
        data = super().clean() or {}
        if data.get("code") and data.get("secret"):
            found = case_opened_by(data["code"], data["secret"])
            if found is None:
                raise forms.ValidationError(
                    _("No case has this code and this secret. Look at both again; capitals do not matter.")
                )
            self.case = found
        return data
