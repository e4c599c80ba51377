from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.uploads import TYPES, Upload, UploadError, check_upload
from loa.plans.forms.assignment import long_text
from loa.plans.models import Assignment, DutyAssignment


class NoteForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DayInput, initial=clock.today)
    done = forms.CharField(label=_("What was done"), widget=long_text(5))
    obstacles = forms.CharField(label=_("What stands in the way"), required=False, widget=long_text(3))
    proposals = forms.CharField(label=_("What is proposed"), required=False, widget=long_text(3))


class EvidenceForm(forms.Form):
    """Evidence that may count for a target of the task: how many, of what."""

    title = forms.CharField(label=_("What it is"), max_length=500)
    on = forms.DateField(label=_("Day"), widget=DayInput, initial=clock.today)
    occurrence = forms.ModelChoiceField(label=_("Of which occurrence"), queryset=None, required=False)
    unit = forms.ChoiceField(label=_("Counts for"), required=False)
    quantity = forms.DecimalField(
        label=_("How many"), required=False, min_value=0, max_digits=14, decimal_places=2, initial=1
    )

    def __init__(self, *args: Any, work: Assignment | DutyAssignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        task = work.task if isinstance(work, Assignment) else None
        targets = list(task.targets.filter(counts_itself=True)) if task else []
        occurrences = task.occurrences.exclude(state="cancelled") if task else None
        if targets:
            choices = [(target.unit, target.unit) for target in targets]
            self.fields["unit"].choices = [("", _("No target: it only proves the work")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["unit"], self.fields["quantity"]
        if occurrences:
            self.fields["occurrence"].queryset = occurrences  # type: ignore[attr-defined]
        else:
            del self.fields["occurrence"]

    def clean(self) -> dict[str, Any]:
        """Without a unit chosen it counts for nothing, so the quantity falls away."""
        given = super().clean() or {}
        unit = given.get("unit") or ""
        given["unit"] = unit
        given["quantity"] = (given.get("quantity") or 1) if unit else None
        return given


class FileForm(EvidenceForm):
    file = forms.FileField(
        label=_("File"), widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in TYPES)})
    )
    field_order = ("file", "title", "on", "occurrence", "unit", "quantity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["file"].help_text = _("%(kinds)s, up to %(limit)s MB.") % {
            "kinds": ", ".join(TYPES),
            "limit": settings.UPLOAD_LIMIT_MB,
        }

    def clean_file(self) -> Upload:
        file = self.cleaned_data["file"]
        try:
            return check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        given["upload"] = given.pop("file", None)
        return given


class LinkForm(EvidenceForm):
    link = forms.URLField(label=_("Address"), max_length=1000, assume_scheme="https")
    field_order = ("link", "title", "on", "occurrence", "unit", "quantity")


class WithdrawForm(forms.Form):
    note = forms.CharField(label=_("Reason"), widget=long_text(3))
