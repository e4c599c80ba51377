"""The end of the year: approved = settled + returned + carried, for each line."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from loa.budgets import notices
from loa.budgets.actions.estimates import lock_estimate
from loa.budgets.actions.freezing import BATCH
from loa.budgets.models import CarriedMoney, Estimate, EstimateLine, Settlement
from loa.budgets.queries.settlement import Account, account_of, accounts_of
from loa.budgets.states import ESTIMATE, SPENDING_STATES
from loa.core import clock, history
from loa.core.access import require
from loa.core.text import format_money
from loa.core.workflow import FlowError
from loa.directory.models import User


def _for_settling(estimate: Estimate, by: User) -> None:
    require(by, "budgets.spend_estimate", estimate)
    lock_estimate(estimate, SPENDING_STATES)


@transaction.atomic
def settle_line(
    line: EstimateLine, *, settled_amount: int, returned_amount: int, note: str = "", by: User
) -> Settlement:
    """The final account of a line; saved again it is replaced."""
    _for_settling(line.estimate, by)
    account = account_of(line)
    if settled_amount > account.paid:
        raise FlowError(
            _("Paid for this line: %(paid)s. No more than that can be settled.")
            % {"paid": format_money(account.paid)}
        )
    if settled_amount + returned_amount + account.carried > account.approved:
        raise FlowError(
            _("Settled, returned and carried money together are more than the %(approved)s approved.")
            % {"approved": format_money(account.approved)}
        )
    found, _is_new = Settlement.objects.update_or_create(
        line=line,
        defaults={
            "settled_amount": settled_amount,
            "returned_amount": returned_amount,
            "note": note,
            "by": by,
            "at": clock.now(),
        },
    )
    data = {"settled": settled_amount, "returned": returned_amount, "line": line.content[:80]}
    history.record(line.estimate, "estimate.settle_line", by=by, data=data)
    return found


@transaction.atomic
def settle_rest(estimate: Estimate, *, by: User) -> int:
    """Lines without an account: settle what was paid, return what is left. Returns how many."""
    _for_settling(estimate, by)
    open_accounts = [account for account in accounts_of(estimate) if account.settled is None]
    Settlement.objects.bulk_create(
        (
            Settlement(
                line_id=account.line_id,
                settled_amount=account.paid,
                returned_amount=account.approved - account.paid - account.carried,
                by=by,
                at=clock.now(),
            )
            for account in open_accounts
        ),
        batch_size=BATCH,
    )
    if open_accounts:
        data = {"count": len(open_accounts)}
        history.record(estimate, "estimate.settle_rest", by=by, data=data)
    return len(open_accounts)


@transaction.atomic
def carry_money(
    line: EstimateLine, *, amount: int, to_year: int, reason: str, legal_basis: str, by: User
) -> CarriedMoney:
    """Unspent money of a line goes on to a later year; saved again it is replaced."""
    _for_settling(line.estimate, by)
    account = account_of(line)
    if to_year <= line.estimate.year:
        raise FlowError(_("Money is carried to a later year."))
    if account.paid + (account.returned or 0) + amount > account.approved:
        unspent = account.approved - account.paid - (account.returned or 0)
        raise FlowError(
            _("Only %(left)s of this line are neither spent nor returned.")
            % {"left": format_money(max(unspent, 0))}
        )
    found, _is_new = CarriedMoney.objects.update_or_create(
        line=line,
        defaults={
            "amount": amount,
            "to_year": to_year,
            "reason": reason,
            "legal_basis": legal_basis,
            "by": by,
            "at": clock.now(),
        },
    )
    data = {"amount": amount, "to_year": to_year}
    history.record(line.estimate, "estimate.carry", by=by, note=reason, data=data)
    return found


def submit_settlement(estimate: Estimate, *, by: User) -> None:
    """Every line is accounted for to the last đồng, or the sentence says how many are not."""
    require(by, "budgets.submit_estimate", estimate)
    with transaction.atomic():
        lock_estimate(estimate, SPENDING_STATES)
        wrong = [account for account in accounts_of(estimate) if not _is_balanced(account)]
        if wrong:
            raise FlowError(
                _("%(count)s lines are not balanced: approved = settled + returned + carried.")
                % {"count": len(wrong)}
            )
        entry = ESTIMATE.take(estimate, "settle", by=by, settled_on=clock.today())
        notices.estimate_moved(estimate, entry)


def _is_balanced(account: Account) -> bool:
    if account.settled is None:
        return False
    return account.approved == account.settled + (account.returned or 0) + account.carried


def return_settlement(estimate: Estimate, *, reason: str, by: User) -> None:
    with transaction.atomic():
        entry = ESTIMATE.take(estimate, "return_settlement", by=by, note=reason, settled_on=None)
        notices.estimate_moved(estimate, entry)


def close_estimate(estimate: Estimate, *, by: User) -> None:
    with transaction.atomic():
        entry = ESTIMATE.take(estimate, "close", by=by, closed_on=clock.today())
        notices.estimate_moved(estimate, entry)
