"""Two bodies appraise the same lines at the same time, each for itself; a change carries its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from loa.budgets import notices
from loa.budgets.actions.estimates import lock_estimate
from loa.budgets.actions.freezing import BATCH, freeze, note_hand
from loa.budgets.arithmetic import line_amount
from loa.budgets.models import Estimate, EstimateLine, EstimateVersion, LineAppraisal
from loa.budgets.queries.lines import unlooked_lines
from loa.budgets.states import ESTIMATE
from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User


def _for_appraisal(estimate: Estimate, side: str, by: User) -> None:
    require(by, f"budgets.appraise_{side}", estimate)
    row = lock_estimate(estimate, ("in_appraisal",))
    if row.is_done(side):
        raise FlowError(_("Your body has finished its appraisal. Resume it to change a line."))
    note_hand(estimate, "appraised", by=by)


@transaction.atomic
def appraise_line(
    line: EstimateLine,
    *,
    side: str,
    quantity: Decimal,
    times: Decimal,
    unit_price: int,
    reason: str = "",
    version: int,
    by: User,
) -> LineAppraisal:
    """One body's word on a line. `version` is that of the word it replaces, 0 for the first.

    Raises FlowError without a reason for a change, and StaleError where a colleague was faster.
    """
    _for_appraisal(line.estimate, side, by)
    line.refresh_from_db(fields=["quantity", "times", "unit_price", "amount"])
    amount = line_amount(quantity, times, unit_price)
    is_change = (quantity, times, unit_price) != (line.quantity, line.times, line.unit_price)
    if amount > line.amount:
        raise FlowError(_("An appraisal gives no more than was proposed."))
    if is_change and not reason.strip():
        raise FlowError(_("Say why: each cut or change carries its reason."))
    found = line.appraisals.filter(side=side).first()
    if (found.version if found else 0) != version:
        raise StaleError(_("A colleague has just appraised this line. What you typed is still here."))
    word = found or LineAppraisal(line=line, side=side)
    word.quantity, word.times, word.unit_price, word.amount = quantity, times, unit_price, amount
    word.is_change, word.is_stale, word.reason = is_change, False, reason.strip()
    word.by, word.at, word.version = by, clock.now(), version + 1
    word.save()
    take_lower(EstimateLine.objects.filter(pk=line.pk))
    _note_appraisal(line.estimate, side, by)
    return word


def _note_appraisal(estimate: Estimate, side: str, by: User) -> None:
    """One row of history for a person's run of lines."""
    last = history.entries_of([estimate]).first()
    if last is None or last.action != f"estimate.appraise_{side}" or last.by_id != by.pk:
        history.record(estimate, f"estimate.appraise_{side}", by=by)


def take_lower(lines: QuerySet[EstimateLine]) -> None:
    """The appraised amount of lines on which both bodies have spoken: the lower one. One query."""
    both = (
        LineAppraisal.objects.filter(line=OuterRef("pk"), is_stale=False)
        .order_by()
        .values("line")
        .annotate(count=Count("pk"), lower=Min("amount"))
        .filter(count=2)
    )
    lines.update(appraised_amount=Subquery(both.values("lower")))


@transaction.atomic
def accept_rest(estimate: Estimate, *, side: str, by: User) -> int:
    """Accept as proposed every line on which this body has not spoken. Returns how many."""
    _for_appraisal(estimate, side, by)
    lines = list(unlooked_lines(estimate.lines.all(), side))
    words = {
        row.line_id: row
        for row in LineAppraisal.objects.filter(
            line__in=unlooked_lines(estimate.lines.all(), side), side=side
        )
    }
    new: list[LineAppraisal] = []
    changed: list[LineAppraisal] = []
    for line in lines:
        word = words.get(line.pk) or LineAppraisal(line=line, side=side)
        word.quantity, word.times, word.unit_price, word.amount = (
            line.quantity,
            line.times,
            line.unit_price,
            line.amount,
        )
        word.is_change, word.is_stale, word.reason = False, False, ""
        word.by, word.at, word.version = by, clock.now(), word.version + 1
        (changed if word.pk else new).append(word)
    LineAppraisal.objects.bulk_create(new, batch_size=BATCH)
    fields = [
        "quantity",
        "times",
        "unit_price",
        "amount",
        "is_change",
        "is_stale",
        "reason",
        "by",
        "at",
        "version",
    ]
    LineAppraisal.objects.bulk_update(changed, fields, batch_size=200)
    take_lower(estimate.lines.all())
    if lines:
        history.record(estimate, f"estimate.accept_rest_{side}", by=by, data={"count": len(lines)})
    return len(lines)


def finish_side(estimate: Estimate, *, side: str, by: User) -> bool:
    """One body has looked at every line. With the second body the appraisal is complete. Returns whether it is."""
    require(by, f"budgets.finish_{side}", estimate)
    with transaction.atomic():
        lock_estimate(estimate, ("in_appraisal",))
        if count := unlooked_lines(estimate.lines.all(), side).count():
            raise FlowError(_("%(count)s lines are not looked at yet.") % {"count": count})
        changes: dict[str, Any] = {f"{side}_done_at": clock.now(), f"{side}_done_by": by}
        entry = ESTIMATE.take(estimate, f"finish_{side}", by=by, **changes)
        note_hand(estimate, "appraised", by=by)
        notices.estimate_moved(estimate, entry)
        estimate.refresh_from_db(fields=["content_done_at", "money_done_at"])
        is_complete = estimate.is_done("content") and estimate.is_done("money")
        if is_complete:
            entry = ESTIMATE.take(estimate, "complete_appraisal", by=by, appraised_on=clock.today())
            freeze(
                estimate,
                EstimateVersion.Kind.APPRAISED,
                by=by,
                amount=lambda line: line.appraised_amount or 0,
            )
            notices.estimate_moved(estimate, entry)
    return is_complete


def resume_side(estimate: Estimate, *, side: str, by: User) -> None:
    """Take back "finished" while the other body still works."""
    changes: dict[str, Any] = {f"{side}_done_at": None, f"{side}_done_by": None}
    with transaction.atomic():
        ESTIMATE.take(estimate, f"resume_{side}", by=by, **changes)


def return_to_coordinator(estimate: Estimate, *, reason: str, by: User) -> None:
    """What both bodies wrote stays with the lines."""
    with transaction.atomic():
        entry = ESTIMATE.take(
            estimate,
            "return_to_coordinator",
            by=by,
            note=reason,
            content_done_at=None,
            content_done_by=None,
            money_done_at=None,
            money_done_by=None,
        )
        notices.estimate_moved(estimate, entry)
