"""The committee decides: a decision with its number gives each line what it gets, whole, less or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from loa.budgets import notices
from loa.budgets.actions.freezing import BATCH, freeze
from loa.budgets.models import Approval, ApprovedLine, Estimate, EstimateVersion, PlanBudget
from loa.budgets.states import ESTIMATE
from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.documents.actions import register_decided

KIND = "QUYẾT ĐỊNH"


class Given(NamedTuple):
    """What a line gets where it is not what was appraised, and why."""

    amount: int
    reason: str


def approve_estimates(
    budget: PlanBudget,
    estimates: Iterable[Estimate],
    *,
    number: str,
    decided_on: date,
    subject: str,
    given: Mapping[int, Given] | None = None,
    note: str = "",
    by: User,
) -> Approval:
    """Record the decision that approves some estimates. `given` maps a line's pk to what differs.

    The decision is registered as a document of the approver; the same decision may approve more later.
    """
    require(by, "budgets.decide_budget", budget)
    estimates = list(estimates)
    if not estimates:
        raise FlowError(_("Choose what the decision approves."))
    if decided_on > clock.today():
        raise FlowError(_("A decision is recorded once it is made: its date lies ahead."))
    with transaction.atomic():
        document = register_decided(
            issuer=budget.approver,
            kind=KIND,
            printed_number=number,
            subject=subject,
            issued_on=decided_on,
            reader_ids=_readers(budget, estimates),
            by=by,
        )
        approval, _is_new = Approval.objects.get_or_create(
            budget=budget,
            document=document,
            defaults={"decided_on": decided_on, "note": note, "by": by, "at": clock.now()},
        )
        for estimate in estimates:
            _approve(estimate, approval, given or {}, by)
    return approval


def _readers(budget: PlanBudget, estimates: list[Estimate]) -> set[int]:
    bodies = {estimate.agency_id for estimate in estimates}
    bodies |= {budget.coordinator_id, budget.content_appraiser_id, budget.money_appraiser_id}
    return bodies | ({budget.office_id} if budget.office_id else set())


def _approve(estimate: Estimate, approval: Approval, given: Mapping[int, Given], by: User) -> None:
    entry = ESTIMATE.take(estimate, "approve", by=by, approved_on=approval.decided_on)
    rows = []
    for line in estimate.lines.all():
        appraised = line.appraised_amount or 0
        amount, reason = given.get(line.pk, Given(appraised, ""))
        if amount > line.amount:
            raise FlowError(_("“%(line)s” cannot get more than was proposed.") % {"line": line.content[:80]})
        if amount != appraised and not reason.strip():
            raise FlowError(
                _("“%(line)s” gets another amount than was appraised: say why.") % {"line": line.content[:80]}
            )
        rows.append(ApprovedLine(approval=approval, line=line, amount=amount, reason=reason.strip()))
    ApprovedLine.objects.bulk_create(rows, batch_size=BATCH)
    freeze(estimate, EstimateVersion.Kind.APPROVED, by=by, amount=lambda line: line.approved.amount)
    data = {"number": approval.document.printed_number, "total": sum(row.amount for row in rows)}
    history.record(estimate, "estimate.approved_by_decision", by=by, data=data)
    notices.estimate_moved(estimate, entry)


def return_from_committee(estimate: Estimate, *, reason: str, by: User) -> None:
    with transaction.atomic():
        entry = ESTIMATE.take(estimate, "return_from_committee", by=by, note=reason)
        notices.estimate_moved(estimate, entry)
