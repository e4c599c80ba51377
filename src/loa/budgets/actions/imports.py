"""Taking in an agency's sheet: what the preview showed, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.budgets.actions.estimates import lock_estimate, rewrite_lines, write_lines
from loa.budgets.models import CostNorm, Estimate
from loa.budgets.queries.imports import LineChange, Preview, preview
from loa.budgets.states import WRITABLE_STATES
from loa.core import history
from loa.core.access import require
from loa.core.sheets import SheetRow
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import User


@transaction.atomic
def import_lines(
    estimate: Estimate,
    rows: Iterable[SheetRow],
    letters: dict[str, str],
    *,
    digest: str,
    removes_missing: bool = False,
    by: User,
) -> Preview:
    """New lines are added, known ones changed; those the sheet lacks go only where that is said.

    `digest` is the preview's: where the estimate has changed since, StaleError. The same sheet taken in
    again changes nothing.
    """
    require(by, "budgets.write_estimate", estimate)
    lock_estimate(estimate, WRITABLE_STATES)
    found = preview(estimate, rows, letters)
    if found.bad:
        raise FlowError(_("The sheet has errors. Correct them and upload it again."))
    if found.digest != digest:
        raise StaleError(_("The estimate has changed since the preview. Look at it again."))
    tasks = {task.pk: task for task in estimate.plan.tasks.all()}
    norms = CostNorm.objects.in_bulk(
        {change.values.get("norm_id") for change in (*found.new, *found.changed)} - {None}
    )
    if removes_missing and found.missing:
        estimate.lines.filter(pk__in=[line.pk for line in found.missing]).delete()
        history.record(estimate, "estimate.remove_lines", by=by, data={"count": len(found.missing)})
    if found.new:
        write_lines(estimate, [_fields(change, tasks, norms) for change in found.new], by=by)
    if found.changed:
        changes = [
            (change.line, _fields(change, tasks, norms))
            for change in found.changed
            if change.line is not None
        ]
        rewrite_lines(estimate, changes, by=by)
    return found


def _fields(change: LineChange, tasks: dict[int, Any], norms: dict[int, CostNorm]) -> dict[str, Any]:
    fields = dict(change.values)
    if "task_id" in fields:
        fields["task"] = tasks.get(fields.pop("task_id"))
        if fields["task"] is not None:
            fields["duty_assignment"] = None
    if "norm_id" in fields:
        fields["norm"] = norms.get(fields.pop("norm_id"))
    return fields
