"""Input → cleaned data."""

from loa.budgets.forms.budget import (
    ApprovalForm,
    BudgetForm,
    CeilingForm,
    EmptyForm,
    GivenFormSet,
    NormForm,
    ReasonForm,
)
from loa.budgets.forms.lines import AppraisalForm, CellsForm, LineForm, PasteForm
from loa.budgets.forms.spending import CarryForm, CommitmentForm, PaymentForm, SettlementForm, VoucherForm

__all__ = [
    "AppraisalForm",
    "ApprovalForm",
    "BudgetForm",
    "CarryForm",
    "CeilingForm",
    "CellsForm",
    "CommitmentForm",
    "EmptyForm",
    "GivenFormSet",
    "LineForm",
    "NormForm",
    "PasteForm",
    "PaymentForm",
    "ReasonForm",
    "SettlementForm",
    "VoucherForm",
]
