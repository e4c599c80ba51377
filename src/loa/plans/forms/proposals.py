"""What a person may correct in a proposal, in the words of plan-json: `initial_of` in, `data` out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from loa.core.forms import DayInput
from loa.documents.models import Proposal
from loa.plans.forms.assignment import long_text
from loa.plans.queries.cards import RECURRENCES

Json = dict[str, Any]
Kind = Proposal.Kind
_BLANK_ROWS = 2


class LinesField(forms.CharField):
    """Names, one a line. Cleans to a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea({"rows": 2}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return list(dict.fromkeys(line[:500] for line in lines if line))


class ProposalForm(forms.Form):
    """Carries the version the person saw, so that nobody overwrites another's correction."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    nullable: tuple[str, ...] = ()  # unknown is null there, never an empty string

    @classmethod
    def initial_of(cls, data: Json) -> Json:
        return dict(data)

    @property
    def data_said(self) -> Json:
        """The cleaned fields as plan-json writes them."""
        said = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        for key, value in said.items():
            if isinstance(value, date):
                said[key] = value.isoformat()
            elif value in ("", None):
                said[key] = None if key in self.nullable else ""
        return said


class TargetRow(forms.Form):
    quantity = forms.DecimalField(
        label=gettext_lazy("How many"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    unit = forms.CharField(label=gettext_lazy("Of what"), required=False, max_length=200)

    def clean(self) -> Json:
        given = super().clean() or {}
        if bool(given.get("quantity")) != bool(given.get("unit")) and not self.errors:
            raise forms.ValidationError(_("Say both how many and of what."))
        return given


class OccurrenceRow(forms.Form):
    text = forms.CharField(label=gettext_lazy("What"), required=False, max_length=500)
    on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DayInput)
    time = forms.CharField(label=gettext_lazy("Time"), required=False, max_length=100)
    lead = forms.CharField(label=gettext_lazy("Lead"), required=False, max_length=500)


TargetRows = forms.formset_factory(TargetRow, extra=_BLANK_ROWS, max_num=60)
OccurrenceRows = forms.formset_factory(OccurrenceRow, extra=_BLANK_ROWS, max_num=400)


class TaskForm(ProposalForm):
    no = forms.CharField(label=gettext_lazy("No."), required=False, max_length=30)
    group = forms.CharField(label=gettext_lazy("Group of tasks"), required=False, max_length=1000)
    content = forms.CharField(label=gettext_lazy("Content"), widget=long_text(5))
    lead = LinesField(label=gettext_lazy("Lead agencies"), help_text=gettext_lazy("One name a line."))
    coordinating = LinesField(label=gettext_lazy("Coordinating agencies"))
    performing = LinesField(label=gettext_lazy("Performing agencies"))
    monitoring = LinesField(label=gettext_lazy("Monitoring agencies"))
    due_text = forms.CharField(label=gettext_lazy("Due as printed"), required=False, max_length=500)
    due_on = forms.DateField(
        label=gettext_lazy("Due"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Empty: work without a last day."),
    )
    before = forms.BooleanField(
        label=gettext_lazy("Printed “before”: the day itself is late"), required=False
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput)
    product = forms.CharField(label=gettext_lazy("Product"), required=False, widget=long_text(2))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=long_text(2))
    carried_over_from = forms.IntegerField(
        label=gettext_lazy("Carried over from the year"),
        required=False,
        min_value=2000,
        max_value=2100,
        localize=False,
    )
    nullable = (
        "no",
        "group",
        "due_text",
        "due_on",
        "starts_on",
        "product",
        "note",
        "carried_over_from",
    )

    def __init__(self, data: Any = None, *, initial: Json | None = None, **kwargs: Any) -> None:
        super().__init__(data, initial=initial, **kwargs)
        said = initial or {}
        self.targets = TargetRows(data, initial=said.get("targets") or [], prefix="targets")
        occurrences = [
            {**each, "lead": "; ".join(each.get("lead") or [])} for each in said.get("occurrences") or []
        ]
        self.occurrences = OccurrenceRows(data, initial=occurrences, prefix="occurrences")

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.targets.is_valid(), self.occurrences.is_valid()])

    def clean(self) -> Json:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("due_on")
        if first and last and last < first:
            self.add_error("due_on", _("It ends before it begins."))
        return given

    @property
    def data_said(self) -> Json:
        said = super().data_said
        said["targets"] = [
            {"quantity": _plain(row["quantity"]), "unit": row["unit"]}
            for row in self.targets.cleaned_data
            if row.get("quantity")
        ]
        said["occurrences"] = [
            {
                "text": row["text"],
                "on": row["on"].isoformat() if row.get("on") else None,
                "time": row.get("time") or None,
                "lead": [name.strip() for name in (row.get("lead") or "").split(";") if name.strip()],
            }
            for row in self.occurrences.cleaned_data
            if row.get("text")
        ]
        return said


class DutyForm(ProposalForm):
    agency = forms.CharField(
        label=gettext_lazy("Body"), max_length=500, widget=forms.TextInput({"list": "printed-names"})
    )
    text = forms.CharField(label=gettext_lazy("Duty"), widget=long_text(5))


class RuleForm(ProposalForm):
    who = forms.CharField(label=gettext_lazy("Who reports"), required=False, widget=long_text(2))
    to = forms.CharField(label=gettext_lazy("Reported to"), required=False, max_length=300)
    when = forms.CharField(label=gettext_lazy("What is printed"), widget=long_text(3))
    recurrence = forms.ChoiceField(
        label=gettext_lazy("How often"), required=False, choices=[("", "–"), *RECURRENCES.items()]
    )
    month_day = forms.RegexField(
        r"^(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])$",
        label=gettext_lazy("Day and month"),
        required=False,
        help_text=gettext_lazy("Such as 02/11, where it comes every year."),
    )
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DayInput)
    before = forms.BooleanField(
        label=gettext_lazy("Printed “before”: the day itself is late"), required=False
    )
    nullable = ("who", "to", "recurrence", "month_day", "due_on")

    @classmethod
    def initial_of(cls, data: Json) -> Json:
        return {**data, "month_day": "/".join(reversed((data.get("month_day") or "").split("-")))}

    def clean_month_day(self) -> str:
        day, _slash, month = self.cleaned_data["month_day"].partition("/")
        return f"{month}-{day}" if month else ""


class ItemForm(ProposalForm):
    label = forms.CharField(label=gettext_lazy("Label"), required=False, max_length=20)
    text = forms.CharField(label=gettext_lazy("Text"), widget=long_text(4))


class BasisForm(ProposalForm):
    text = forms.CharField(label=gettext_lazy("Text"), widget=long_text(3))
    number = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=80)
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), required=False, widget=DayInput)
    nullable = ("number", "issued_on")


class HeaderForm(ProposalForm):
    kind = forms.CharField(label=gettext_lazy("Kind"), max_length=100)
    number = forms.CharField(label=gettext_lazy("Number"), required=False, max_length=80)
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=DayInput)
    title = forms.CharField(label=pgettext_lazy("of a plan or document", "Title"), widget=long_text(3))
    issuer = forms.CharField(label=gettext_lazy("Issued by, as printed"), required=False, max_length=300)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=100)
    signer_authority = forms.CharField(label=gettext_lazy("Signed for"), required=False, max_length=300)
    signer_title = forms.CharField(label=gettext_lazy("Signer's title"), required=False, max_length=200)
    signer_name = forms.CharField(label=gettext_lazy("Signer"), required=False, max_length=200)
    recipients = LinesField(label=gettext_lazy("Recipients as printed"))
    nullable = ("number", "issuer", "place")

    @classmethod
    def initial_of(cls, data: Json) -> Json:
        signer = {f"signer_{key}": value for key, value in (data.get("signer") or {}).items()}
        return {**data, **signer}

    @property
    def data_said(self) -> Json:
        said = super().data_said
        said["signer"] = {key: said.pop(f"signer_{key}") or None for key in ("name", "title", "authority")}
        return said


FORMS: dict[str, type[ProposalForm]] = {
    Kind.HEADER: HeaderForm,
    Kind.TASK: TaskForm,
    Kind.DUTY: DutyForm,
    Kind.RULE: RuleForm,
    Kind.TOPIC: ItemForm,
    Kind.FORM: ItemForm,
    Kind.BASIS: BasisForm,
}


def form_for(kind: str, data: Any = None, *, said: Json | None = None, version: int = 0) -> ProposalForm:
    """The form of a kind of proposal, filled with what is known."""
    form_class = FORMS[kind]
    return form_class(
        data, initial={**form_class.initial_of(said or {}), "version": version}, auto_id=f"{kind}-%s"
    )


class SplitForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    at = forms.TypedChoiceField(
        label=gettext_lazy("The second part begins with"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, points: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].choices = points  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _plain(quantity: Any) -> int | float:
    return int(quantity) if quantity == int(quantity) else float(quantity)
