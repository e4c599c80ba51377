from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from loa.directory.models import Agency
from loa.procedures.models import ProcedureImport
from loa.procedures.queries.imports import MOST_NAMES


def _agencies() -> Any:
    return Agency.objects.order_by("sort_name")


class ImportFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File (.jsonl, .jsonl.gz or .xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".jsonl,.gz,.xlsx"}),
        max_length=200,
    )
    other_agency = forms.ModelChoiceField(
        label=gettext_lazy("In charge of rows whose body is not known here"),
        queryset=Agency.objects.none(),
        required=False,
        help_text=gettext_lazy("Left empty, those rows are named and not taken in."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other_agency"].queryset = _agencies()  # type: ignore[attr-defined]


class NamesForm(forms.Form):
    """Which body each printed name means, the most frequent ones first; one body for all others."""

    other_agency = forms.ModelChoiceField(
        label=gettext_lazy("All others"), queryset=Agency.objects.none(), required=False
    )

    def __init__(self, *args: Any, imported: ProcedureImport, **kwargs: Any) -> None:
        super().__init__(*args, initial={"other_agency": imported.other_agency_id}, **kwargs)
        self.names = [pair for pair in imported.unknown_names[:MOST_NAMES] if pair[0]]
        choices = [("", "–"), *((row.code, row.name) for row in _agencies())]
        self.fields["other_agency"].queryset = _agencies()  # type: ignore[attr-defined]
        for index, (name, count) in enumerate(self.names):
            label = f"{name} ({count})"
            self.fields[f"name_{index}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.order_fields([*(f"name_{index}" for index in range(len(self.names))), "other_agency"])

    def answers(self) -> dict[str, str]:
        said = ((name, self.cleaned_data[f"name_{index}"]) for index, (name, _n) in enumerate(self.names))
        return {name: code for name, code in said if code}


class ConfirmImportForm(forms.Form):
    is_announced = forms.BooleanField(
        label=gettext_lazy("Show them in “What changed”"),
        required=False,
        help_text=gettext_lazy("Leave it out when the register is filled for the first time."),
    )
