from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.budgets.models import EstimateLine
from loa.core.forms import DayInput
from loa.core.text import format_money, headline
from loa.core.uploads import UploadError, check_upload
from loa.plans.models import Assignment, DutyAssignment, Topic
from loa.portal.models import Publication, PublicationFile


class AssignmentField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Assignment) -> str:
        return f"{obj.plan.number} – {obj.task.no}. {headline(obj.task.content)[:110]}"


class DutyField(forms.ModelChoiceField):
    def label_from_instance(self, obj: DutyAssignment) -> str:
        return f"{obj.plan.number} – {headline(obj.duty.text)[:110]}"


class CostLineField(forms.ModelChoiceField):
    def label_from_instance(self, obj: EstimateLine) -> str:
        return f"{obj.estimate.year}: {headline(obj.content)[:90]} ({format_money(obj.approved.amount)})"


class PrintFactsForm(forms.ModelForm):
    """What is known of the printing; may still change when the content is approved."""

    cost_line = CostLineField(
        label=gettext_lazy("Cost line"),
        queryset=EstimateLine.objects.none(),
        required=False,
        empty_label="–",
        help_text=gettext_lazy("An approved line of your agency's estimate that pays for it."),
    )

    class Meta:
        model = Publication
        fields = ["print_run", "printer", "printed_on", "licence", "cost_line"]
        widgets = {"printed_on": DayInput}
        help_texts = {
            "print_run": gettext_lazy("Copies. Empty: it is only read here."),
            "licence": gettext_lazy("Where the text needs one."),
        }

    def __init__(self, *args: Any, cost_lines: QuerySet[EstimateLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cost_line"].queryset = cost_lines  # type: ignore[attr-defined]
        self.fields["print_run"].localize = False
        self.fields["print_run"].max_value = 100_000_000  # type: ignore[attr-defined]


class PublicationForm(PrintFactsForm):
    topics = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Topics"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    assignment = AssignmentField(
        label=gettext_lazy("Task of the plan it counts for"),
        queryset=Assignment.objects.none(),
        required=False,
        empty_label="–",
    )
    duty_assignment = DutyField(
        label=gettext_lazy("Or standing duty"),
        queryset=DutyAssignment.objects.none(),
        required=False,
        empty_label="–",
    )
    field_order = ("title", "kind", "language", "about", "topics", "assignment", "duty_assignment")

    class Meta(PrintFactsForm.Meta):
        fields = [
            "title",
            "kind",
            "language",
            "about",
            "topics",
            "assignment",
            "duty_assignment",
            *PrintFactsForm.Meta.fields,
        ]
        widgets = {**PrintFactsForm.Meta.widgets, "about": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            **PrintFactsForm.Meta.help_texts,
            "about": gettext_lazy(
                "For readers: whom it is for and what it tells, in two or three sentences."
            ),
        }

    def __init__(
        self,
        *args: Any,
        topics: QuerySet[Topic],
        assignments: QuerySet[Assignment],
        duties: QuerySet[DutyAssignment],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("topics", topics), ("assignment", assignments), ("duty_assignment", duties)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("assignment") and given.get("duty_assignment"):
            self.add_error("duty_assignment", _("Choose a task or a standing duty, not both."))
        if "topics" in given:
            given["topics"] = list(given["topics"])
        return given

    def _save_m2m(self) -> None:
        """The action sets the topics."""


class PublicationFileForm(forms.Form):
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"), choices=PublicationFile.Purpose, initial="reading"
    )
    upload = forms.FileField(label=gettext_lazy("File"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = _(
            "The printer's .pdf; for readers .pdf, .docx, .pptx, picture, sound or film. At most %(mb)s MB."
        ) % {"mb": settings.UPLOAD_LIMIT_MB}

    def clean_upload(self) -> Any:
        file = self.cleaned_data["upload"]
        try:
            return check_upload(file, file.name)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error


class StepForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs_note
        if not needs_note:
            self.fields["note"].label = _("Note")


class ReadersFilterForm(forms.Form):
    """What a visitor of the public list may ask for."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *Publication.Kind.choices])
    topic = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    year = forms.IntegerField(required=False, min_value=1900, max_value=9999)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)

    @property
    def chosen(self) -> dict[str, Any]:
        """What was asked for sensibly; the rest is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
