"""A sheet is handed in, looked at, and confirmed as it was shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.sheets import MOST_BYTES, ReadSheet, SheetError, SheetShape, read_sheet


class SheetForm(forms.Form):
    """A file of some register. After `is_valid`, `sheet` holds what was read."""

    file = forms.FileField(
        label=gettext_lazy("Sheet (.xlsx or .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
    )
    sheet: ReadSheet

    def __init__(self, *args: Any, shape: SheetShape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape = shape

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.sheet = read_sheet(file.read(MOST_BYTES + 1), file.name, self.shape)
        except SheetError as error:
            raise forms.ValidationError(str(error)) from error
        if not self.sheet.rows:
            raise forms.ValidationError(_("The sheet has no rows below its heading."))
        return file


class ApplySheetForm(forms.Form):
    """The previewed rows come back as they were signed, so nobody can slip others in."""

    sheet = forms.CharField(widget=forms.HiddenInput)


class ApplyCalendarForm(ApplySheetForm):
    note = forms.CharField(
        label=gettext_lazy("Which text announces it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Shown to everybody whose due date moves."),
    )
