from django import forms
from django.utils.translation import gettext_lazy as _

from loa.core.forms import ApplySheetForm


class ApplyLinesForm(ApplySheetForm):
    removes_missing = forms.BooleanField(
        label=_("Remove the lines that the sheet does not hold"), required=False
    )
