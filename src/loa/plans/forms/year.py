"""The forms of sub-plans, guidance notes and talks woven into other meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core import clock
from loa.core.forms import DayInput
from loa.core.text import fold
from loa.directory.models import Agency, AgencyGroup
from loa.directory.queries import members_of
from loa.documents.models import Document
from loa.plans.forms.assignment import long_text
from loa.plans.forms.closing import CheckedFileField, kinds_and_limit
from loa.plans.models import CommunicationForm, Duty, DutyAssignment, Talk, Topic


class SubPlanDemandForm(forms.Form):
    duty = forms.ModelChoiceField(label=gettext_lazy("The standing duty that asks for it"), queryset=None)
    due_on = forms.DateField(label=gettext_lazy("To be issued by"), widget=DayInput)
    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only these groups"),
        queryset=AgencyGroup.objects.all(),
        required=False,
        help_text=gettext_lazy("None chosen: every body that has the duty."),
    )
    note = forms.CharField(
        label=gettext_lazy("What the plan should say"), required=False, widget=long_text(3)
    )

    def __init__(self, *args: Any, duties: QuerySet[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].queryset = duties  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """`agencies`: None for every body of the duty."""
        given = super().clean() or {}
        groups = given.pop("groups", None)
        members = members_of(groups, clock.today()) if groups else {}
        given["agencies"] = [agency for row in members.values() for agency in row] if groups else None
        return given


class SubPlanForm(forms.Form):
    number = forms.CharField(label=gettext_lazy("Number"), max_length=80)
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput)
    title = forms.CharField(
        label=pgettext_lazy("of a plan or document", "Title"),
        required=False,
        widget=long_text(2),
        help_text=gettext_lazy("Empty: as the parent plan."),
    )
    upload = CheckedFileField(label=gettext_lazy("The plan's file"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = kinds_and_limit()

    def clean_issued_on(self) -> Any:
        day = self.cleaned_data["issued_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day has not come yet."))
        return day


class GuidanceForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("of a plan or document", "Title"), max_length=300)
    text = forms.CharField(label=gettext_lazy("What is to be done, and how"), widget=long_text(8))
    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("To groups"), queryset=AgencyGroup.objects.all(), required=False
    )
    agencies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("To single bodies"), queryset=Agency.objects.none(), required=False
    )
    acknowledge_by = forms.DateField(label=gettext_lazy("Acknowledge by"), required=False, widget=DayInput)
    document = forms.ModelChoiceField(
        label=gettext_lazy("Document of the register"), queryset=Document.objects.none(), required=False
    )
    upload = CheckedFileField(label=gettext_lazy("File"), required=False)

    def __init__(
        self, *args: Any, agencies: QuerySet[Agency], documents: QuerySet[Document], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agencies"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.fields["upload"].help_text = kinds_and_limit()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given["groups"] and not given["agencies"]:
            raise forms.ValidationError(_("Choose who gets the note."))
        return given


class TalkForm(forms.Form):
    """Under a minute on a phone: what is likely is filled in."""

    meeting = forms.CharField(
        label=gettext_lazy("Meeting"),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off", "list": "meetings"}),
    )
    on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput, initial=clock.today)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=300)
    people_count = forms.IntegerField(
        label=gettext_lazy("People present"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=600,
        initial=15,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("What was told"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    form = forms.ModelChoiceField(
        label=gettext_lazy("Form of communication"), queryset=None, required=False, empty_label="–"
    )
    upload = CheckedFileField(label=gettext_lazy("Photo or file"), required=False)
    field_order = ("duty_assignment", "meeting", "on", "place", "people_count", "minutes", "topics")

    def __init__(
        self, *args: Any, topics: QuerySet[Topic], forms_of_plan: QuerySet[CommunicationForm], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = topics  # type: ignore[attr-defined]
        self.fields["topics"].required = topics.exists()
        self.fields["form"].queryset = forms_of_plan  # type: ignore[attr-defined]

    @staticmethod
    def from_talk(talk: Talk) -> dict[str, Any]:
        return {
            "meeting": talk.meeting,
            "on": talk.on,
            "place": talk.place,
            "people_count": talk.people_count,
            "minutes": talk.minutes,
            "topics": list(talk.topics.values_list("pk", flat=True)),
            "form": talk.form_id,
        }


class NewTalkForm(TalkForm):
    duty_assignment = forms.ModelChoiceField(label=gettext_lazy("For which duty"), queryset=None)

    def __init__(self, *args: Any, duties: QuerySet[DutyAssignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty_assignment"].queryset = duties  # type: ignore[attr-defined]
        self.fields["duty_assignment"].label_from_instance = duty_label  # type: ignore[attr-defined]


class TalkSheetForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Sheet (.xlsx or .csv)"))
    duty_assignment = forms.ModelChoiceField(label=gettext_lazy("For which duty"), queryset=None)

    def __init__(self, *args: Any, duties: QuerySet[DutyAssignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty_assignment"].queryset = duties  # type: ignore[attr-defined]
        self.fields["duty_assignment"].label_from_instance = duty_label  # type: ignore[attr-defined]


def duty_label(row: DutyAssignment) -> str:
    return f"{row.plan.number}: {row.duty.text[:110]}"


def woven_in(forms_of_plan: QuerySet[CommunicationForm]) -> CommunicationForm | None:
    """The form of communication that names talks in other meetings, else one that names meetings."""
    rows = [(fold(row.text), row) for row in forms_of_plan]
    for words in ("giao ban", "long ghep", "hoi nghi"):
        for text, row in rows:
            if words in text:
                return row
    return None
