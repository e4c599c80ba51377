"""Approved money is bound by contracts and paid with vouchers; what was recorded wrongly is taken back with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from loa.budgets.actions.estimates import lock_estimate
from loa.budgets.models import ApprovedLine, Commitment, Estimate, EstimateLine, Payment, VoucherFile
from loa.budgets.states import ESTIMATE, SPENDING_STATES
from loa.core import clock, history
from loa.core.access import require
from loa.core.text import format_money
from loa.core.uploads import Upload, keep
from loa.core.workflow import FlowError
from loa.directory.models import User

FOLDER = "vouchers"
Made = TypeVar("Made", Commitment, Payment)


def _for_spending(line: EstimateLine, on: date, by: User) -> Estimate:
    estimate = line.estimate
    require(by, "budgets.spend_estimate", estimate)
    row = lock_estimate(estimate, SPENDING_STATES)
    if on > clock.today():
        raise FlowError(_("The day lies ahead: record it once it has happened."))
    if row.state == "approved":
        ESTIMATE.take(estimate, "begin_spending", by=by)
    return estimate


@transaction.atomic
def commit_money(
    line: EstimateLine, *, contract: str, supplier: str, amount: int, on: date, note: str = "", by: User
) -> Commitment:
    """A contract binds money of a line. More than was approved is recorded and warned of, not refused:
    the contract exists. The same contract of a line is recorded once.
    """
    estimate = _for_spending(line, on, by)
    found = line.commitments.filter(contract=contract, withdrawn_at__isnull=True).first()
    if found:
        return _same(found, amount, on)
    made = Commitment.objects.create(
        line=line,
        contract=contract,
        supplier=supplier,
        amount=amount,
        on=on,
        note=note,
        by=by,
        at=clock.now(),
    )
    history.record(estimate, "estimate.commit", by=by, data={"number": contract, "amount": amount})
    return made


@transaction.atomic
def pay(
    line: EstimateLine,
    *,
    voucher: str,
    amount: int,
    on: date,
    content: str = "",
    commitment: Commitment | None = None,
    uploads: Iterable[Upload] = (),
    by: User,
) -> Payment:
    """Money left, with its voucher. Never more than was approved for the line; the same voucher counts once."""
    estimate = _for_spending(line, on, by)
    found = line.payments.filter(voucher=voucher, withdrawn_at__isnull=True).first()
    if found:
        return _same(found, amount, on)
    _refuse_overspending(line, amount)
    if commitment and commitment.line_id != line.pk:
        raise FlowError(_("This contract is of another line."))
    made = Payment.objects.create(
        line=line,
        commitment=commitment,
        voucher=voucher,
        content=content,
        amount=amount,
        on=on,
        by=by,
        at=clock.now(),
    )
    for upload in uploads:
        _attach(made, upload)
    history.record(estimate, "estimate.pay", by=by, data={"number": voucher, "amount": amount})
    return made


def _same(found: Made, amount: int, on: date) -> Made:
    """A second click gives what the first made; another amount under the same number is no second click."""
    if (found.amount, found.on) == (amount, on):
        return found
    raise FlowError(_("This number is recorded for the line already, with another amount or day."))


def _refuse_overspending(line: EstimateLine, amount: int) -> None:
    approved = ApprovedLine.objects.filter(line=line).values_list("amount", flat=True).first() or 0
    paid = line.payments.filter(withdrawn_at__isnull=True).aggregate(sum=Sum("amount"))["sum"] or 0
    if paid + amount > approved:
        raise FlowError(
            _("Approved for this line: %(approved)s; paid so far: %(paid)s; only %(left)s are left.")
            % {
                "approved": format_money(approved),
                "paid": format_money(paid),
                "left": format_money(max(approved - paid, 0)),
            }
        )


@transaction.atomic
def attach_vouchers(payment: Payment, uploads: Iterable[Upload], *, by: User) -> list[VoucherFile]:
    """Keep scanned vouchers; the same file is kept once."""
    estimate = payment.line.estimate
    require(by, "budgets.spend_estimate", estimate)
    lock_estimate(estimate, SPENDING_STATES)
    return [_attach(payment, upload) for upload in uploads]


def _attach(payment: Payment, upload: Upload) -> VoucherFile:
    found, _is_new = VoucherFile.objects.get_or_create(
        payment=payment,
        sha256=upload.sha256,
        defaults={"file": keep(upload, FOLDER), "file_name": upload.name, "file_type": upload.type},
    )
    return found


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, reason: str, by: User) -> None:
    _withdraw(commitment, "estimate.withdraw_commitment", commitment.contract, reason, by)


@transaction.atomic
def withdraw_payment(payment: Payment, *, reason: str, by: User) -> None:
    _withdraw(payment, "estimate.withdraw_payment", payment.voucher, reason, by)


def _withdraw(row: Commitment | Payment, action: str, number: str, reason: str, by: User) -> None:
    """The row stays, crossed out; sums leave it out. Twice takes back once."""
    estimate = row.line.estimate
    require(by, "budgets.spend_estimate", estimate)
    lock_estimate(estimate, SPENDING_STATES)
    if not reason.strip():
        raise FlowError(_("Say why it is taken back."))
    taken = type(row).objects.filter(pk=row.pk, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    if taken:
        data = {"number": number, "amount": row.amount}
        history.record(estimate, action, by=by, note=reason, data=data)
