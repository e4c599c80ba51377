from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loa.budgets.forms.fields import MoneyField
from loa.budgets.models import Commitment, EstimateLine
from loa.core import clock
from loa.core.forms import DayInput
from loa.core.uploads import TYPES, Upload, UploadError, check_upload

VOUCHER_KINDS = ("pdf", "jpg", "png", "docx", "xlsx")


class CommitmentForm(forms.Form):
    contract = forms.CharField(label=_("Number of the contract"), max_length=120)
    supplier = forms.CharField(label=_("Supplier"), max_length=300)
    amount = MoneyField(label=_("Amount"), is_positive=True)
    on = forms.DateField(label=_("Day"), widget=DayInput, initial=clock.today)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked by its content."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        found = []
        for file in data if isinstance(data, list | tuple) else [data]:
            checked = super().clean(file, initial)
            if checked is None:
                continue
            try:
                upload = check_upload(checked, checked.name)
            except UploadError as error:
                raise forms.ValidationError(f"{checked.name}: {error}") from error
            if upload.kind not in VOUCHER_KINDS:
                kinds = ", ".join(VOUCHER_KINDS)
                raise forms.ValidationError(_("Vouchers are taken as: %(kinds)s.") % {"kinds": kinds})
            found.append(upload)
        return found


def _files(*, required: bool) -> FilesField:
    accept = ",".join(f".{kind}" for kind in VOUCHER_KINDS if kind in TYPES)
    return FilesField(
        label=_("Scanned vouchers"), required=required, widget=ManyFiles({"accept": accept, "multiple": True})
    )


class CommitmentChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Commitment) -> str:
        return str(obj)


class PaymentForm(forms.Form):
    voucher = forms.CharField(label=_("Number of the voucher"), max_length=120)
    content = forms.CharField(label=_("What for"), max_length=500, required=False)
    amount = MoneyField(label=_("Amount"), is_positive=True)
    on = forms.DateField(label=_("Day"), widget=DayInput, initial=clock.today)
    commitment = CommitmentChoice(label=_("By the contract"), queryset=None, required=False)
    uploads = _files(required=False)

    def __init__(self, *args: Any, line: EstimateLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = line.commitments.filter(withdrawn_at__isnull=True)
        self.fields["commitment"].queryset = live  # type: ignore[attr-defined]
        self.fields["uploads"].help_text = _("%(kinds)s, up to %(limit)s MB.") % {
            "kinds": ", ".join(VOUCHER_KINDS),
            "limit": settings.UPLOAD_LIMIT_MB,
        }


class VoucherForm(forms.Form):
    uploads = _files(required=True)


class SettlementForm(forms.Form):
    settled_amount = MoneyField(label=_("Settled"))
    returned_amount = MoneyField(label=_("Returned to the budget"))
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class CarryForm(forms.Form):
    amount = MoneyField(label=_("Amount carried on"), is_positive=True)
    to_year = forms.IntegerField(label=_("To year"), min_value=2000, max_value=2100, localize=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300)
