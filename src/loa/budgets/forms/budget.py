"""A budget's bodies, norms, ceilings, decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from loa.budgets.forms.fields import MoneyField
from loa.budgets.models import CostNorm, Estimate, FundingSource, PlanBudget
from loa.core import clock
from loa.core.forms import DayInput
from loa.directory.models import Agency, in_force
from loa.plans.models import Plan


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 4}))


class EmptyForm(forms.Form):
    """A plain yes."""


class BudgetForm(forms.Form):
    """Who does what, as the plan says or set by hand."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, localize=False)
    coordinator = forms.ModelChoiceField(label=_("Consolidates"), queryset=None)
    content_appraiser = forms.ModelChoiceField(label=_("Appraises the content"), queryset=None)
    money_appraiser = forms.ModelChoiceField(label=_("Appraises the money"), queryset=None)
    stand_in = forms.ModelChoiceField(
        label=_("Appraises for an appraising body's own estimate"),
        queryset=None,
        required=False,
        help_text=_("Empty: the other appraising body does both."),
    )
    approver = forms.ModelChoiceField(label=_("Approves"), queryset=None)
    office = forms.ModelChoiceField(
        label=_("Records what the approver decides"), queryset=None, required=False
    )
    fund_name = forms.CharField(label=_("Fund that pays tasks of the list"), max_length=300, required=False)
    legal_basis = forms.CharField(
        label=_("What the plan says on money"), required=False, widget=forms.Textarea({"rows": 4})
    )
    due_on = forms.DateField(label=_("Estimates are asked for by"), required=False, widget=DayInput)

    def __init__(self, *args: Any, shown: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={name: getattr(shown, name, None) for name in self.base_fields}, **kwargs
        )
        agencies = Agency.objects.filter(in_force(clock.today()), level__in=("central", "city", "district"))
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = agencies
        if isinstance(shown, PlanBudget):
            del self.fields["year"]


class NormForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Name"), max_length=300)
    unit = forms.CharField(label=_("Unit"), max_length=60, required=False)
    ceiling = MoneyField(
        label=_("Highest unit price"),
        required=False,
        help_text=_("Leave it empty until somebody has read the amount in the text."),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    valid_from = forms.DateField(label=_("In force from"), widget=DayInput)
    valid_to = forms.DateField(label=_("In force to"), required=False, widget=DayInput)
    is_checked = forms.BooleanField(label=_("Checked in the text itself"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, norm: CostNorm | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(norm, name) for name in self.base_fields} if norm else {}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        return _dates_in_order(super().clean() or {})


class CeilingForm(forms.Form):
    plan = forms.ModelChoiceField(
        label=_("Plan"), queryset=Plan.objects.filter(state="issued"), required=False
    )
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.all(), required=False)
    funding_source = forms.ChoiceField(
        label=_("Source of funds"), choices=[("", _("All together")), *FundingSource.choices], required=False
    )
    amount = MoneyField(label=_("Ceiling"))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
    valid_from = forms.DateField(label=_("In force from"), widget=DayInput)
    valid_to = forms.DateField(label=_("In force to"), required=False, widget=DayInput)
    is_checked = forms.BooleanField(label=_("Checked in the text itself"), required=False)

    def __init__(self, *args: Any, ceiling: Any = None, **kwargs: Any) -> None:
        initial = {name: getattr(ceiling, name) for name in self.base_fields} if ceiling else {}
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        return _dates_in_order(super().clean() or {})


def _dates_in_order(given: dict[str, Any]) -> dict[str, Any]:
    first, last = given.get("valid_from"), given.get("valid_to")
    if first and last and last < first:
        raise forms.ValidationError(_("The last day lies before the first."))
    return given


class EstimateChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Estimate) -> str:
        return str(obj.agency)


class ApprovalForm(forms.Form):
    """One decision for some of the estimates that wait for it."""

    estimates = EstimateChoices(
        label=_("Approves the estimates of"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    number = forms.CharField(
        label=_("Number of the decision"), max_length=80, help_text=_("Such as 512/QĐ-UBND.")
    )
    decided_on = forms.DateField(label=_("Date of the decision"), widget=DayInput)
    subject = forms.CharField(label=_("Its subject"), max_length=1000, widget=forms.Textarea({"rows": 2}))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, waiting: QuerySet[Estimate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["estimates"].queryset = waiting  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        number = " ".join(self.cleaned_data["number"].split())
        if "/" not in number:
            raise forms.ValidationError(_("Write number and symbol, such as 512/QĐ-UBND."))
        return number


class GivenForm(forms.Form):
    """A line that gets another amount than was appraised. Empty rows are left out."""

    estimate = forms.ModelChoiceField(label=_("Estimate"), queryset=None, required=False)
    position = forms.IntegerField(label=_("Line"), required=False, min_value=1, localize=False)
    amount = MoneyField(label=_("Approved amount"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)

    def __init__(self, *args: Any, waiting: QuerySet[Estimate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["estimate"].queryset = waiting  # type: ignore[attr-defined]
        self.fields["estimate"].label_from_instance = lambda row: str(row.agency)  # type: ignore[attr-defined]
        self.line: Any = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (
            not any(given.get(name) for name in ("estimate", "position", "reason"))
            and given.get("amount") is None
        ):
            return given
        missing = [
            name for name in ("estimate", "position", "amount", "reason") if given.get(name) in (None, "")
        ]
        if missing:
            raise forms.ValidationError(
                _("Fill in estimate, line, amount and reason, or leave the row empty.")
            )
        self.line = given["estimate"].lines.filter(position=given["position"]).first()
        if self.line is None:
            raise forms.ValidationError(_("This estimate has no such line."))
        return given


GivenFormSet = forms.formset_factory(GivenForm, extra=3, max_num=200, validate_max=True)
