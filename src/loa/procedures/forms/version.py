"""What a clerk fills in: the text of a version, its ways and papers row by row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import clock, uploads
from loa.core.forms import DayInput
from loa.core.uploads import UploadError
from loa.directory.models import in_force
from loa.documents.models import Document
from loa.procedures.models import OnlineLevel, Procedure, ProcedureField, ProcedureVersion, Way
from loa.procedures.models.procedure import is_code
from loa.procedures.queries.content import FIELDS, PAPER_PARTS, WAY_PARTS
from loa.procedures.states import VERSION

EXTRA_ROWS = 3
MOST_ROWS = 200
LONG = forms.Textarea(attrs={"rows": 4})


class FieldInput(forms.TextInput):
    """Offers the fields there are while one types; a new one may be typed."""

    template_name = "procedures/field_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, {**(attrs or {}), "autocomplete": "off"})
        context["widget"]["fields"] = list(ProcedureField.objects.values_list("name", flat=True))
        return context


class EditProcedureForm(forms.Form):
    field = forms.CharField(label=gettext_lazy("Field of work"), max_length=250, widget=FieldInput)
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Level"),
        choices=Procedure.Level.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Where it is done."),
    )


class AddProcedureForm(EditProcedureForm):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        validators=[is_code],
        help_text=gettext_lazy("As in the national register: 1.012766."),
    )
    name = forms.CharField(label=FIELDS["name"], widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    field_order = ("code", "name", "field", "levels")


class DraftForm(forms.Form):
    """What kind of change the next version is."""

    change = forms.ChoiceField(label=gettext_lazy("Change"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ProcedureVersion.Change
        self.fields["change"].choices = [pair for pair in kinds.choices if pair[0] != kinds.NEW]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A reason, where the step asks for one."""

    note = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, step: str, flow: Any = VERSION, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not flow.by_name[step].needs_note:
            self.fields["note"].required = False
            self.fields["note"].label = gettext_lazy("Note")


class VersionForm(forms.ModelForm):
    """Everything but the rows of ways and papers and the files."""

    legal_basis_lines = forms.CharField(
        label=FIELDS["legal_bases"],
        widget=LONG,
        required=False,
        help_text=gettext_lazy("One text a line: Nghị định số 61/2018/NĐ-CP ngày 23/4/2018."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = ProcedureVersion
        fields = (
            "name", "change", "decision", "decided_on", "effective_on", "document", "audience", "steps", "sets", "place",
            "handling_body", "coordinating_bodies", "result", "conditions", "online_level", "is_by_post", "keywords",
        )  # fmt: skip
        labels = {
            **FIELDS,
            "change": gettext_lazy("Change"),
            "decision": gettext_lazy("Announcing decision"),
            "decided_on": gettext_lazy("Decided on"),
            "effective_on": gettext_lazy("In effect from"),
            "document": gettext_lazy("The decision in the register of documents"),
        }
        help_texts = {
            "decision": gettext_lazy("Number and issuer: Quyết định số 1234/QĐ-UBND."),
            "decided_on": gettext_lazy("The time to publish is counted from this day."),
            "steps": gettext_lazy("One step a paragraph, in the words of a citizen."),
            "sets": gettext_lazy("For example 01 bộ."),
        }
        widgets = {
            "name": forms.Textarea(attrs={"rows": 2}),
            "decided_on": DayInput,
            "effective_on": DayInput,
            "audience": forms.Textarea(attrs={"rows": 2}),
            "steps": forms.Textarea(attrs={"rows": 8}),
            "place": forms.Textarea(attrs={"rows": 2}),
            "handling_body": forms.Textarea(attrs={"rows": 2}),
            "coordinating_bodies": forms.Textarea(attrs={"rows": 2}),
            "result": forms.Textarea(attrs={"rows": 2}),
            "conditions": LONG,
            "keywords": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, documents: QuerySet[Document], **kwargs: Any) -> None:
        version = kwargs["instance"]
        initial = {"legal_basis_lines": "\n".join(version.legal_bases), "edition": version.edition}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["document"].queryset = documents.order_by("-issued_on", "-pk")[:300]  # type: ignore[attr-defined]
        day = version.decided_on or clock.today()
        levels = OnlineLevel.objects.filter(in_force(day)) | OnlineLevel.objects.filter(
            pk=version.online_level_id
        )
        self.fields["online_level"].queryset = levels.distinct()  # type: ignore[attr-defined]
        for name in ("audience", "steps", "conditions", "place", "result"):
            self.fields[name].max_length = 60_000  # type: ignore[attr-defined]

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("A decision cannot be of a later day than today."))
        return day

    def clean_document(self) -> Any:
        """The list is cut to the newest; what was chosen among them is taken by its key."""
        return self.cleaned_data["document"]

    def content(self) -> dict[str, Any]:
        """The fields as `actions.edit_version` takes them."""
        given = dict(self.cleaned_data)
        given.pop("edition")
        lines = given.pop("legal_basis_lines").splitlines()
        return {**given, "legal_bases": [line.strip() for line in lines if line.strip()]}


class _Row(forms.Form):
    """A row that is left empty says nothing."""

    parts: tuple[str, ...] = ()

    def said(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in self.parts if self.cleaned_data.get(key)}


class WayRow(_Row):
    parts = WAY_PARTS
    way = forms.ChoiceField(
        label=gettext_lazy("Way to submit"), choices=[("", "–"), *Way.choices], required=False
    )
    time = forms.CharField(label=gettext_lazy("Time limit"), max_length=300, required=False)
    fee = forms.CharField(label=gettext_lazy("Fee"), max_length=500, required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=5000, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("way") and any(given.get(key) for key in ("time", "fee")):
            self.add_error("way", _("Say which way this is."))
        return given


class PaperRow(_Row):
    parts = PAPER_PARTS
    case = forms.CharField(label=gettext_lazy("In which case"), max_length=2000, required=False)
    name = forms.CharField(
        label=gettext_lazy("Name of the paper"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=10_000,
        required=False,
    )
    form = forms.CharField(label=gettext_lazy("Its form"), max_length=300, required=False)
    originals = forms.IntegerField(
        label=gettext_lazy("Originals"), min_value=0, max_value=999, required=False
    )
    copies = forms.IntegerField(label=gettext_lazy("Copies"), min_value=0, max_value=999, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("name") and any(given.get(key) for key in ("form", "originals", "copies")):
            self.add_error("name", _("Name the paper."))
        return given


class _Rows(forms.BaseFormSet):
    def said(self) -> list[dict[str, Any]]:
        """The rows that say something, those to be removed left out."""
        kept = [row for row in self.forms if not row.cleaned_data.get("DELETE")]
        return [told for row in kept if (told := row.said())]  # type: ignore[attr-defined]


_LIMITS: dict[str, Any] = {
    "extra": EXTRA_ROWS,
    "max_num": MOST_ROWS,
    "absolute_max": MOST_ROWS,
    "can_delete": True,
}
WayRows = forms.formset_factory(WayRow, formset=_Rows, **{**_LIMITS, "extra": 2})
PaperRows = forms.formset_factory(PaperRow, formset=_Rows, **_LIMITS)


class FormFileForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300, required=False)
    file = forms.FileField(label=gettext_lazy("File"), max_length=200)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            return uploads.check_upload(file, file.name, limit_mb=10)
        except UploadError as error:
            raise forms.ValidationError(str(error)) from error
