from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.plans.forms.assignment import long_text

READABLE = (".docx", ".pdf", ".html", ".txt", ".md")
MEGABYTE = 1024 * 1024


class PlanFileForm(forms.Form):
    """Only size and emptiness are looked at here; what cannot be read is said by the reader."""

    file = forms.FileField(
        label=gettext_lazy("The issued plan"),
        widget=forms.FileInput({"accept": ",".join(READABLE)}),
        allow_empty_file=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("%(kinds)s, up to %(limit)s MB.") % {
            "kinds": ", ".join(READABLE),
            "limit": settings.UPLOAD_LIMIT_MB,
        }

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT_MB * MEGABYTE:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Send a smaller one.")
                % {"limit": settings.UPLOAD_LIMIT_MB}
            )
        return file


class DropForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("Reason"), widget=long_text(3))
