from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.portal.models import Column
from loa.portal.queries.assignments import columns_of


class TranscriptForm(forms.Form):
    column = forms.ModelChoiceField(label=_("For which column"), queryset=Column.objects.none())

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["column"].queryset = columns_of(user)
