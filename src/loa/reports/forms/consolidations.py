from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.reports.forms.plain import day_input
from loa.reports.models import Consolidation
from loa.reports.queries.outline import title_of


class IssueForm(forms.Form):
    on = forms.DateField(label=_("Date of the document"), widget=day_input())


class SignedCopyForm(forms.Form):
    file = forms.FileField(
        label=_("Signed and sealed copy (.pdf)"), widget=forms.ClearableFileInput(attrs={"accept": ".pdf"})
    )


class SentenceForm(forms.Form):
    text = forms.CharField(label=_("Sentence"), widget=forms.Textarea(attrs={"rows": 4}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewSentenceForm(forms.Form):
    section = forms.ChoiceField(label=_("Section"))
    text = forms.CharField(label=_("Sentence"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, consolidation: Consolidation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaves = consolidation.round.leaves
        self.fields["section"].choices = [(leaf["key"], title_of(leaf)) for leaf in leaves]
