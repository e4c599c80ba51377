"""One agency's estimate: begun, written line by line, signed and submitted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loa.budgets import notices
from loa.budgets.actions.freezing import BATCH, freeze, note_hand
from loa.budgets.arithmetic import line_amount
from loa.budgets.models import (
    MOST_MONEY,
    Estimate,
    EstimateLine,
    EstimateVersion,
    LineAppraisal,
    PlanBudget,
)
from loa.budgets.states import ESTIMATE, WRITABLE_STATES
from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User
from loa.plans.models import PlanBody

LINE_FIELDS = (
    "task",
    "duty_assignment",
    "content",
    "unit",
    "quantity",
    "times",
    "unit_price",
    "norm",
    "legal_basis",
    "funding_source",
    "expense_item",
    "note",
)
NUMBERS = ("quantity", "times", "unit_price")


def begin_estimate(budget: PlanBudget, *, by: User) -> Estimate:
    """The agency's estimate of this budget; begun twice it is begun once."""
    if by.hat is None:
        raise FlowError(_("You work for no agency."))
    estimate = Estimate(
        budget=budget, plan_id=budget.plan_id, year=budget.year, agency=by.hat.agency, created_at=clock.now()
    )
    require(by, "budgets.write_estimate", estimate)
    existing = Estimate.objects.filter(budget=budget, agency=estimate.agency).first()
    if existing:
        return existing
    if not PlanBody.objects.filter(plan=budget.plan_id, agency=estimate.agency).exists():
        raise FlowError(_("Only bodies named in the plan propose money for it."))
    try:
        with transaction.atomic():
            estimate.save()
            history.record(estimate, "estimate.begin", by=by)
    except IntegrityError:  # a colleague was faster
        return Estimate.objects.get(budget=budget, agency=estimate.agency)
    return estimate


def lock_estimate(estimate: Estimate, states: Iterable[str]) -> Estimate:
    """The row as it is now, locked until the act ends: a line is not changed behind a signature."""
    row = Estimate.objects.select_for_update().get(pk=estimate.pk)
    if row.state not in states:
        label = ESTIMATE.states[row.state]
        raise StaleError(_("Not possible while the state is “%(state)s”.") % {"state": label})
    return row


def _for_writing(estimate: Estimate, by: User) -> None:
    require(by, "budgets.write_estimate", estimate)
    lock_estimate(estimate, WRITABLE_STATES)
    note_hand(estimate, "proposed", by=by)


@transaction.atomic
def add_line(estimate: Estimate, *, by: User, **fields: Any) -> EstimateLine:
    """A new line at the end. `fields` as in LINE_FIELDS; the amount is computed."""
    _for_writing(estimate, by)
    line = _filled(EstimateLine(estimate=estimate, position=_next_position(estimate)), fields)
    line.save()
    _note_edit(estimate, by)
    return line


@transaction.atomic
def save_line(line: EstimateLine, *, version: int, by: User, **fields: Any) -> EstimateLine:
    """Save what was typed into one line; of two writers the second is told and keeps the words typed."""
    estimate = line.estimate
    _for_writing(estimate, by)
    stored = EstimateLine.objects.filter(pk=line.pk, estimate=estimate).first()
    if stored is None:
        raise StaleError(_("Somebody else has just removed this line. What you typed is still here."))
    if stored.version != version:
        raise StaleError(_("Somebody else has just changed this line. What you typed is still here."))
    before = [getattr(stored, name) for name in NUMBERS]
    _filled(stored, fields)
    stored.version += 1
    if before != [getattr(stored, name) for name in NUMBERS]:
        stored.appraised_amount = None
        stored.appraisals.update(is_stale=True)
    stored.save()
    _note_edit(estimate, by)
    for field in stored._meta.concrete_fields:  # noqa: SLF001
        setattr(line, field.attname, getattr(stored, field.attname))
    return line


@transaction.atomic
def remove_line(line: EstimateLine, *, by: User) -> None:
    """Removed twice it is removed once; frozen versions keep it."""
    estimate = line.estimate
    _for_writing(estimate, by)
    if EstimateLine.objects.filter(pk=line.pk).exists():
        words = {"content": line.content[:200], "amount": line.amount}
        history.record(estimate, "estimate.remove_line", by=by, data=words)
        EstimateLine.objects.filter(pk=line.pk).delete()


@transaction.atomic
def write_lines(
    estimate: Estimate, rows: Iterable[Mapping[str, Any]], *, by: User, replace: bool = False
) -> list[EstimateLine]:
    """Many lines at once, all or none: pasted from a sheet, or imported. Each row as in LINE_FIELDS.

    With `replace` they take the place of what stands there. A wrong row raises FlowError and names its place.
    """
    _for_writing(estimate, by)
    if replace:
        estimate.lines.all().delete()
    first = _next_position(estimate)
    lines = [
        _filled_row(EstimateLine(estimate=estimate, position=first + number), row, number + 1)
        for number, row in enumerate(rows)
    ]
    for line in lines:
        line.search_text = line.folded()
    made = EstimateLine.objects.bulk_create(lines, batch_size=BATCH)
    action = "estimate.replace_lines" if replace else "estimate.add_lines"
    history.record(estimate, action, by=by, data={"count": len(made)})
    return made


@transaction.atomic
def rewrite_lines(
    estimate: Estimate, changes: Iterable[tuple[EstimateLine, Mapping[str, Any]]], *, by: User
) -> int:
    """Many known lines at once, all or none. Returns how many; what is appraised of them is to be looked at again."""
    _for_writing(estimate, by)
    rewritten, recounted = [], []
    for line, fields in changes:
        before = [getattr(line, name) for name in NUMBERS]
        _filled(line, fields)
        line.version += 1
        line.search_text = line.folded()
        if before != [getattr(line, name) for name in NUMBERS]:
            line.appraised_amount = None
            recounted.append(line.pk)
        rewritten.append(line)
    columns = [*LINE_FIELDS, "amount", "appraised_amount", "version", "search_text"]
    EstimateLine.objects.bulk_update(rewritten, columns, batch_size=BATCH)
    LineAppraisal.objects.filter(line__in=recounted).update(is_stale=True)
    history.record(estimate, "estimate.change_lines", by=by, data={"count": len(rewritten)})
    return len(rewritten)


def _filled_row(line: EstimateLine, row: Mapping[str, Any], number: int) -> EstimateLine:
    try:
        return _filled(line, row)
    except FlowError as error:
        raise FlowError(_("Row %(number)s: %(what)s") % {"number": number, "what": error}) from error


def _filled(line: EstimateLine, fields: Mapping[str, Any]) -> EstimateLine:
    for name, value in fields.items():
        if name not in LINE_FIELDS:
            raise TypeError(f"a line has no field {name}")
        setattr(line, name, value)
    line.quantity, line.times = Decimal(line.quantity), Decimal(line.times)
    _refuse_wrong_line(line)
    line.amount = line_amount(line.quantity, line.times, line.unit_price)
    if line.amount > MOST_MONEY:
        raise FlowError(_("The amount is larger than any budget: check quantity, times and unit price."))
    return line


def _refuse_wrong_line(line: EstimateLine) -> None:
    if not line.content.strip():
        raise FlowError(_("Say what the money is for."))
    if line.quantity < 0 or line.times < 0 or line.unit_price < 0:
        raise FlowError(_("Quantity, times and unit price are not negative."))
    if line.task and line.duty_assignment:
        raise FlowError(_("A line is for a task or for a standing duty, not for both."))
    if line.task and line.task.plan_id != line.estimate.plan_id:
        raise FlowError(_("This task is of another plan."))
    if line.duty_assignment and line.duty_assignment.agency_id != line.estimate.agency_id:
        raise FlowError(_("This standing duty is of another agency."))


def _next_position(estimate: Estimate) -> int:
    return (estimate.lines.aggregate(last=Max("position"))["last"] or 0) + 1


def _note_edit(estimate: Estimate, by: User) -> None:
    """One row of history for a person's run of saves, not one per save."""
    last = history.entries_of([estimate]).first()
    if last is None or last.action != "estimate.edit" or last.by_id != by.pk:
        history.record(estimate, "estimate.edit", by=by)


def hand_to_head(estimate: Estimate, *, by: User) -> None:
    require(by, "budgets.write_estimate", estimate)
    if not estimate.lines.exists():
        raise FlowError(_("The estimate has no line yet."))
    with transaction.atomic():
        entry = ESTIMATE.take(estimate, "hand_to_head", by=by)
        note_hand(estimate, "proposed", by=by)
        notices.estimate_moved(estimate, entry)


def return_to_writer(estimate: Estimate, *, reason: str, by: User) -> None:
    with transaction.atomic():
        notices.estimate_moved(estimate, ESTIMATE.take(estimate, "return_to_writer", by=by, note=reason))


def submit_estimate(estimate: Estimate, *, by: User) -> EstimateVersion:
    """Sign and send to the coordinator; what was sent is frozen."""
    with transaction.atomic():
        entry = ESTIMATE.take(
            estimate,
            "submit",
            by=by,
            submitted_at=clock.now(),
            submitted_on=clock.today(),
            submitted_by=by,
        )
        note_hand(estimate, "proposed", by=by)
        version = freeze(estimate, EstimateVersion.Kind.SUBMITTED, by=by)
        notices.estimate_moved(estimate, entry)
    return version
