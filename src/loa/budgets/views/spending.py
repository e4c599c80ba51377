"""Contracts, payments with vouchers, settlement and carry-over of a line; their lists over a budget."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.budgets import actions, queries
from loa.budgets.filters import CarriedFilter, CommitmentFilter, PaymentFilter
from loa.budgets.forms import (
    CarryForm,
    CommitmentForm,
    EmptyForm,
    PaymentForm,
    ReasonForm,
    SettlementForm,
    VoucherForm,
)
from loa.budgets.models import EstimateLine
from loa.budgets.states import SPENDING_STATES
from loa.budgets.tables import CarriedTable, CommitmentTable, PaymentTable, warned
from loa.budgets.views.acts import act
from loa.budgets.views.budgets import visible_budget
from loa.budgets.views.estimates import may_write, visible_estimate, visible_line
from loa.core import clock
from loa.core.access import permits, require
from loa.core.lists import list_page
from loa.core.pages import page

FILTERS = {PaymentTable: PaymentFilter, CommitmentTable: CommitmentFilter, CarriedTable: CarriedFilter}
MONEY_LINE = ("line__estimate__agency", "line__estimate__budget__plan")


@login_required
@require_safe
def line_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of a line: what was proposed, said, approved, bound, paid and settled."""
    line = visible_line(request, pk)
    found = queries.line_warnings(line.estimate, [line], clock.today()).get(line.pk, [])
    may_spend = line.estimate.state in SPENDING_STATES and permits(
        request.user, "budgets.spend_estimate", line.estimate
    )
    context = {
        "line": line,
        "estimate": line.estimate,
        "warnings": warned(found),
        **_figures(line),
        "words": line.appraisals.select_related("by").order_by("side"),
        "approved": getattr(line, "approved", None),
        "commitments": line.commitments.select_related("by"),
        "payments": line.payments.select_related("by", "commitment").prefetch_related("files"),
        "settlement": getattr(line, "settlement", None),
        "carried": getattr(line, "carried", None),
        "may_write": may_write(request, line.estimate),
        "may_spend": may_spend,
    }
    return page(request, "budgets/line_detail.html", context)


def _figures(line: EstimateLine) -> dict[str, Any]:
    account = queries.account_of(line)
    committed = sum(line.commitments.filter(withdrawn_at__isnull=True).values_list("amount", flat=True))
    return {
        "account": account,
        "committed": committed,
        "left": account.approved - account.paid,
        "overspent": warned(queries.spending_warnings(committed, account.approved)),
    }


def _act_on_line(
    request: HttpRequest, line: EstimateLine, *, form: Any, run: Any, heading: str, done: str, **more: Any
) -> HttpResponse:
    require(request.user, "budgets.spend_estimate", line.estimate)
    return act(
        request,
        form=form,
        run=run,
        heading=heading,
        button=more.pop("button", _("Save")),
        about=line.estimate,
        done=done,
        back=line.get_absolute_url(),
        extra={"line": line, "account": queries.account_of(line)},
        **more,
    )


@login_required
@require_http_methods(["GET", "POST"])
def commitment_add(request: HttpRequest, pk: int) -> HttpResponse:
    line = visible_line(request, pk)
    return _act_on_line(
        request,
        line,
        form=CommitmentForm(request.POST or None),
        run=lambda given: actions.commit_money(line, **given, by=request.user),
        heading=_("Record a contract"),
        done=_("The contract is recorded."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def payment_add(request: HttpRequest, pk: int) -> HttpResponse:
    line = visible_line(request, pk)
    return _act_on_line(
        request,
        line,
        form=PaymentForm(request.POST or None, request.FILES or None, line=line),
        run=lambda given: actions.pay(line, **given, by=request.user),
        heading=_("Record a payment"),
        done=_("The payment is recorded."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def line_settle(request: HttpRequest, pk: int) -> HttpResponse:
    line = visible_line(request, pk)
    account = queries.account_of(line)
    left = account.approved - account.paid - account.carried
    initial = {
        "settled_amount": account.paid if account.settled is None else account.settled,
        "returned_amount": max(left, 0) if account.returned is None else account.returned,
    }
    return _act_on_line(
        request,
        line,
        form=SettlementForm(request.POST or None, initial=initial),
        run=lambda given: actions.settle_line(line, **given, by=request.user),
        heading=_("Settle the line"),
        done=_("The line is settled."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def line_carry(request: HttpRequest, pk: int) -> HttpResponse:
    line = visible_line(request, pk)
    account = queries.account_of(line)
    unspent = account.approved - account.paid - (account.returned or 0)
    return _act_on_line(
        request,
        line,
        form=CarryForm(
            request.POST or None, initial={"amount": max(unspent, 0), "to_year": line.estimate.year + 1}
        ),
        run=lambda given: actions.carry_money(line, **given, by=request.user),
        heading=_("Carry unspent money on"),
        done=_("The money is carried on."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def commitment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.commitments_visible_to(request.user).filter(withdrawn_at__isnull=True)
    commitment = get_object_or_404(rows, pk=pk)
    line = visible_line(request, commitment.line_id)
    return _act_on_line(
        request,
        line,
        form=ReasonForm(request.POST or None),
        run=lambda given: actions.withdraw_commitment(commitment, **given, by=request.user),
        heading=_("Take back the contract %(number)s") % {"number": commitment.contract},
        button=_("Take back"),
        tone="danger",
        done=_("It is taken back."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def payment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.payments_visible_to(request.user).filter(withdrawn_at__isnull=True)
    payment = get_object_or_404(rows, pk=pk)
    line = visible_line(request, payment.line_id)
    return _act_on_line(
        request,
        line,
        form=ReasonForm(request.POST or None),
        run=lambda given: actions.withdraw_payment(payment, **given, by=request.user),
        heading=_("Take back the payment %(number)s") % {"number": payment.voucher},
        button=_("Take back"),
        tone="danger",
        done=_("It is taken back."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def voucher_add(request: HttpRequest, pk: int) -> HttpResponse:
    payment = get_object_or_404(queries.payments_visible_to(request.user), pk=pk)
    line = visible_line(request, payment.line_id)
    return _act_on_line(
        request,
        line,
        form=VoucherForm(request.POST or None, request.FILES or None),
        run=lambda given: actions.attach_vouchers(payment, given["uploads"], by=request.user),
        heading=_("Attach vouchers to %(number)s") % {"number": payment.voucher},
        done=_("The vouchers are kept."),
    )


@login_required
@require_safe
def voucher_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as a download under its true type: nothing that was sent in is ever opened inside the page."""
    voucher = get_object_or_404(queries.vouchers_visible_to(request.user), pk=pk)
    response = FileResponse(
        voucher.file.open("rb"),
        as_attachment=True,
        filename=voucher.file_name,
        content_type=voucher.file_type or "application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def estimate_settle_rest(request: HttpRequest, pk: int) -> HttpResponse:
    estimate = visible_estimate(request, pk)
    require(request.user, "budgets.spend_estimate", estimate)
    return act(
        request,
        form=EmptyForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.settle_rest(estimate, by=request.user),
        heading=_("Settle the other lines: what was paid is settled, what is left is returned"),
        button=_("Settle the rest"),
        about=estimate,
        done=_("The other lines are settled."),
    )


@login_required
@require_safe
def payment_list(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.payments_visible_to(request.user).filter(withdrawn_at__isnull=True)
    return _money_list(request, pk, rows.select_related("commitment"), PaymentTable, "chi")


@login_required
@require_safe
def commitment_list(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.commitments_visible_to(request.user).filter(withdrawn_at__isnull=True)
    return _money_list(request, pk, rows, CommitmentTable, "cam-ket")


@login_required
@require_safe
def carried_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _money_list(request, pk, queries.carried_visible_to(request.user), CarriedTable, "chuyen-nguon")


def _money_list(request: HttpRequest, pk: int, rows: Any, table: Any, name: str) -> HttpResponse:
    budget = visible_budget(request, pk)
    return list_page(
        request,
        "budgets/money_list.html",
        rows=rows.filter(line__estimate__budget=budget).select_related(*MONEY_LINE),
        table_class=table,
        filter_class=FILTERS[table],
        export_name=name,
        context={"budget": budget, "current": name},
    )
