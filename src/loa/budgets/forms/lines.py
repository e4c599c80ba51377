"""One line, its appraisal, and many lines pasted from a sheet."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from loa.budgets.forms.fields import MoneyField, QuantityField
from loa.budgets.models import MOST_MONEY, CostNorm, Estimate, EstimateLine, FundingSource, LineAppraisal
from loa.budgets.numbers import read_money, read_quantity
from loa.core.text import fold, headline
from loa.plans.models import DutyAssignment, Task

CELL_FIELDS = ("content", "unit", "quantity", "times", "unit_price", "funding_source", "expense_item")


class TaskChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class DutyChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: DutyAssignment) -> str:
        return headline(obj.duty.text)[:120]


class NormChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: CostNorm) -> str:
        return f"{obj.code} – {obj.name}"[:120]


class CellsForm(forms.Form):
    """What stands in the cells of a row. `version` is that of the row as it was shown."""

    content = forms.CharField(label=_("What for"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    unit = forms.CharField(label=_("Unit"), max_length=60, required=False)
    quantity = QuantityField(label=_("Quantity"), initial=Decimal(1))
    times = QuantityField(label=_("Days, sessions"), initial=Decimal(1))
    unit_price = MoneyField(label=_("Unit price"))
    funding_source = forms.ChoiceField(label=_("Source of funds"), choices=FundingSource.choices)
    expense_item = forms.CharField(
        label=_("Expense item"), max_length=20, required=False, help_text=_("Item or sub-item, such as 6650.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, line: EstimateLine | None = None, **kwargs: Any) -> None:
        if line is not None:
            names = (*self.base_fields,)
            kwargs.setdefault("initial", {name: getattr(line, name) for name in names})
        super().__init__(*args, **kwargs)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0

    def values(self) -> dict[str, Any]:
        """As the actions take them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class LineForm(CellsForm):
    """Everything of a line."""

    task = TaskChoice(label=_("For the task"), queryset=Task.objects.none(), required=False)
    duty_assignment = DutyChoice(
        label=_("Or for the standing duty"), queryset=DutyAssignment.objects.none(), required=False
    )
    norm = NormChoice(label=_("Cost norm"), queryset=CostNorm.objects.none(), required=False)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, required=False, help_text=_("Where no norm is chosen.")
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    field_order = (
        "task", "duty_assignment", "content", "unit", "quantity", "times", "unit_price",
        "funding_source", "expense_item", "norm", "legal_basis", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, estimate: Estimate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan, agency = estimate.plan_id, estimate.agency_id
        self.fields["task"].queryset = Task.objects.filter(plan=plan)  # type: ignore[attr-defined]
        duties = DutyAssignment.objects.filter(plan=plan, agency=agency).select_related("duty")
        self.fields["duty_assignment"].queryset = duties  # type: ignore[attr-defined]
        self.fields["norm"].queryset = CostNorm.objects.all()  # type: ignore[attr-defined]


class AppraisalForm(forms.Form):
    """One body's word on a line; starts from what it said, or from what was proposed."""

    quantity = QuantityField(label=_("Quantity"))
    times = QuantityField(label=_("Days, sessions"))
    unit_price = MoneyField(label=_("Unit price"))
    reason = forms.CharField(
        label=_("Reason of the change"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, *args: Any, line: EstimateLine, word: LineAppraisal | None = None, **kwargs: Any
    ) -> None:
        said = word if word and not word.is_stale else line
        initial = {name: getattr(said, name) for name in ("quantity", "times", "unit_price")}
        initial |= {"reason": word.reason if word else "", "version": word.version if word else 0}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


class BadRow(NamedTuple):
    number: int
    text: str
    why: str


class PasteForm(forms.Form):
    """Rows copied from a sheet: cells between tabs, in the order of COLUMNS. All rows or none."""

    COLUMNS = (
        _("What for"), _("Unit"), _("Quantity"), _("Days, sessions"), _("Unit price"),
        _("Expense item"), _("Legal basis"), _("Note"),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Rows from a sheet"), strip=False, widget=forms.Textarea({"rows": 12, "spellcheck": "false"})
    )
    task = TaskChoice(label=_("All for the task"), queryset=Task.objects.none(), required=False)
    funding_source = forms.ChoiceField(label=_("Source of funds"), choices=FundingSource.choices)

    def __init__(self, *args: Any, estimate: Estimate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = Task.objects.filter(plan=estimate.plan_id)  # type: ignore[attr-defined]
        self.bad_rows: list[BadRow] = []

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        rows = []
        for number, text in enumerate((given.get("text") or "").splitlines(), 1):
            cells = [cell.strip().strip('"') for cell in text.split("\t")]
            if not any(cells) or _is_heading(cells):
                continue
            try:
                rows.append(
                    _row(cells) | {"task": given.get("task"), "funding_source": given.get("funding_source")}
                )
            except ValueError as error:
                self.bad_rows.append(BadRow(number, text.strip()[:120], str(error)))
        if self.bad_rows:
            raise forms.ValidationError(_("Some rows cannot be read. Nothing was added yet."))
        if not rows and "text" not in self.errors:
            raise forms.ValidationError(_("There is no row in it."))
        given["rows"] = rows
        return given


def _is_heading(cells: list[str]) -> bool:
    return len(cells) > 2 and fold(cells[2]) in {"so luong", "quantity", "sl"}


def _row(cells: list[str]) -> dict[str, Any]:
    """Raises ValueError with a sentence that names the cell."""
    cells = [*cells, *[""] * (8 - len(cells))]
    content, unit, quantity, times, price, item, basis, note = cells[:8]
    if not content:
        raise ValueError(gettext("column 1: say what the money is for"))
    return {
        "content": content[:2000],
        "unit": unit[:60],
        "quantity": _number(quantity, 3),
        "times": _number(times, 4),
        "unit_price": _money(price, 5),
        "expense_item": item[:20],
        "legal_basis": basis[:300],
        "note": note[:500],
    }


def _number(text: str, column: int) -> Decimal:
    try:
        return read_quantity(text) if text else Decimal(1)
    except ValueError as error:
        words = {"column": column, "text": text[:40]}
        raise ValueError(gettext("column %(column)s: “%(text)s” is no number") % words) from error


def _money(text: str, column: int) -> int:
    words = {"column": column, "text": text[:40]}
    try:
        amount = read_money(text)
    except ValueError as error:
        raise ValueError(
            gettext("column %(column)s: “%(text)s” is no amount in whole đồng") % words
        ) from error
    if amount > MOST_MONEY:
        raise ValueError(gettext("column %(column)s: “%(text)s” is more than any budget") % words)
    return amount
