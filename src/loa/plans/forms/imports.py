from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.forms import DayInput
from loa.plans.forms.assignment import long_text
from loa.plans.models import Plan

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


class BodyField(forms.CharField):
    """A body or a group of the directory, chosen while typing: "name · code", or the bare code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput({"list": "bodies", "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(value).rpartition(" · ")[2].strip()


class PlanFieldsForm(forms.Form):
    """Who runs the plan. Empty: what was read counts."""

    issuer = BodyField(label=gettext_lazy("Issued by"), required=False)
    coordinator = BodyField(
        label=gettext_lazy("Coordinator"),
        required=False,
        help_text=gettext_lazy("Collects the reports and accepts the work of the others."),
    )
    accepting_office = BodyField(
        label=gettext_lazy("Accepts the coordinator's own work"),
        required=False,
        help_text=gettext_lazy("Usually the office of the committee that issued the plan."),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=2000, max_value=2100, localize=False
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Under the plan"),
        queryset=Plan.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
    )

    def __init__(self, *args: Any, parents: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]

    def clean_parent(self) -> int | None:
        parent = self.cleaned_data["parent"]
        return parent.pk if parent else None


class NameForm(forms.Form):
    """Which body a printed name means: one of the suggestions, any other, or none."""

    LEFT_OUT, OTHER = "-", "other"
    printed = forms.CharField(widget=forms.HiddenInput, max_length=1000)
    choice = forms.CharField(max_length=200)
    other = BodyField(required=False)
    note = forms.CharField(required=False, max_length=1000)
    remember = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("choice") == self.OTHER and not given.get("other"):
            raise forms.ValidationError(_("Type and choose a body of the directory."))
        given["code"] = given.get("other") if given.get("choice") == self.OTHER else given.get("choice")
        return given


class DueForm(forms.Form):
    printed = forms.CharField(widget=forms.HiddenInput, max_length=1000)
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DayInput)


class SeenForm(forms.Form):
    """Remarks that have been looked at: their places in the list, "0 3 4"."""

    remarks = forms.RegexField(r"^\d{1,6}( \d{1,6})*$", max_length=2000)

    def clean_remarks(self) -> list[int]:
        return [int(number) for number in self.cleaned_data["remarks"].split()]
