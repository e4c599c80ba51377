from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.budgets.exchange import read_sheet
from loa.core.sheets import MOST_BYTES, ReadSheet, SheetError


class SheetForm(forms.Form):
    """An agency's sheet. After `is_valid`, `sheet` holds its rows."""

    file = forms.FileField(
        label=gettext_lazy("Sheet of the estimate (.xlsx or .csv)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
    )
    sheet: ReadSheet

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.sheet = read_sheet(file.read(MOST_BYTES + 1), file.name)
        except SheetError as error:
            raise forms.ValidationError(str(error)) from error
        if not self.sheet.rows:
            raise forms.ValidationError(_("The sheet has no rows below its heading."))
        return file


class ApplySheetForm(forms.Form):
    """The previewed rows come back as they were signed, so nobody can slip others in."""

    sheet = forms.CharField(widget=forms.HiddenInput)
    removes_missing = forms.BooleanField(
        label=gettext_lazy("Remove the lines that the sheet does not hold"), required=False
    )
