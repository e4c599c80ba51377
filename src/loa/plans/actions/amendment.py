"""The paper by which an issued plan changes: drafted, looked at before and after, issued and applied at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.documents.actions import register_paper
from loa.documents.models import Document
from loa.plans import notices
from loa.plans.actions.amending import Amending
from loa.plans.actions.assignment import require_running
from loa.plans.models import Amendment, AmendmentChange, Duty, Plan, ReportingRule, Task
from loa.plans.queries.amendment import read_now
from loa.plans.queries.carrying import tasks_to_carry
from loa.plans.queries.printed import differences
from loa.plans.states import AMENDMENT

Json = dict[str, Any]
Kind = AmendmentChange.Kind
TOUCHES = {
    Kind.CHANGE_TASK: "task",
    Kind.END_TASK: "task",
    Kind.CHANGE_DUTY: "duty",
    Kind.CHANGE_RULE: "rule",
}


@transaction.atomic
def draft_amendment(
    plan: Plan,
    *,
    kind: str,
    number: str,
    subject: str,
    issued_on: date,
    effective_on: date,
    upload: Upload | None = None,
    by: User,
) -> Amendment:
    """Begin the list of changes that a paper makes. Raises FlowError for a number that is taken."""
    amendment = Amendment(plan=plan, created_by=by, created_at=clock.now())
    require(by, "plans.amend_plan", amendment)
    require_running(plan)
    return _write(
        amendment,
        "amendment.draft",
        upload,
        by,
        kind=kind,
        number=number,
        subject=subject,
        issued_on=issued_on,
        effective_on=effective_on,
    )


@transaction.atomic
def edit_amendment(
    amendment: Amendment, *, upload: Upload | None = None, by: User, **fields: Any
) -> Amendment:
    """Correct what the paper is called, its days and its file, while it is a draft."""
    locked = _lock(amendment, by=by)
    return _write(locked, "amendment.edit", upload, by, **fields)


def _write(amendment: Amendment, action: str, upload: Upload | None, by: User, **fields: Any) -> Amendment:
    if fields["effective_on"] < (amendment.plan.issued_on or fields["effective_on"]):
        raise FlowError(_("An amendment cannot take effect before the plan was issued."))
    for name, value in fields.items():
        setattr(amendment, name, value)
    if upload is not None:
        amendment.file.name = uploads.keep(upload, "documents")
        amendment.file_name, amendment.sha256 = upload.name, upload.sha256
    try:
        with transaction.atomic():
            amendment.save()
    except IntegrityError as error:
        raise FlowError(
            _("An amendment with this number and date is entered for this plan already.")
        ) from error
    history.record(amendment, action, by=by, data={"number": amendment.number})
    return amendment


def _lock(amendment: Amendment, *, by: User) -> Amendment:
    require(by, "plans.amend_plan", amendment)
    row = Amendment.objects.select_for_update().select_related("plan").get(pk=amendment.pk)
    if row.state != "draft":
        raise FlowError(_("This amendment is no longer a draft."))
    return row


@transaction.atomic
def propose_change(
    amendment: Amendment,
    kind: str,
    *,
    after: Json,
    reason: str = "",
    touched: Task | Duty | ReportingRule | None = None,
    predecessor: Task | None = None,
    by: User,
) -> AmendmentChange:
    """Put a change on the list: `after` is the whole reading as it is to be (queries.printed)."""
    row = _lock(amendment, by=by)
    change = AmendmentChange(amendment=row, kind=kind, predecessor=predecessor)
    if kind in TOUCHES:
        _touch(change, touched)
    if kind == Kind.ADD_TASK and predecessor is not None:
        _check_predecessor(row.plan, predecessor)
    change.position = (row.changes.aggregate(last=Max("position"))["last"] or 0) + 1
    return _keep(change, after=after, reason=reason, by=by)


def _touch(change: AmendmentChange, touched: Task | Duty | ReportingRule | None) -> None:
    plan_id = change.amendment.plan_id
    if touched is None or touched.plan_id != plan_id:
        raise FlowError(_("Choose what the amendment changes."))
    name = TOUCHES[Kind(change.kind)]
    if change.amendment.changes.filter(**{name: touched}).exists():
        raise FlowError(_("This amendment changes it already: edit that change."))
    if isinstance(touched, Task) and touched.ended_on:
        raise FlowError(_("The task was ended."))
    setattr(change, name, touched)


def _check_predecessor(plan: Plan, predecessor: Task) -> None:
    if not tasks_to_carry(plan).filter(pk=predecessor.pk).exists():
        raise FlowError(_("Choose a task that last year's plan hands on."))


@transaction.atomic
def revise_change(change: AmendmentChange, *, after: Json, reason: str = "", by: User) -> AmendmentChange:
    change.amendment = _lock(change.amendment, by=by)
    return _keep(change, after=after, reason=reason, by=by)


def _keep(change: AmendmentChange, *, after: Json, reason: str, by: User) -> AmendmentChange:
    change.before = read_now(change)
    change.after = after if change.kind != Kind.END_TASK else change.before
    change.reason = reason
    if change.kind == Kind.END_TASK and not reason.strip():
        raise FlowError(_("Say why the task is ended."))
    if change.kind != Kind.END_TASK and not differences(change.before, change.after):
        raise FlowError(_("Nothing would change."))
    change.save()
    history.record(change.amendment, "amendment.propose", by=by, note=str(change)[:500])
    return change


@transaction.atomic
def remove_change(change: AmendmentChange, *, by: User) -> None:
    amendment = _lock(change.amendment, by=by)
    history.record(amendment, "amendment.remove_change", by=by, note=str(change)[:500])
    change.delete()


def drop_amendment(amendment: Amendment, *, note: str, by: User) -> None:
    AMENDMENT.take(amendment, "drop", by=by, note=note)


@transaction.atomic
def issue_amendment(amendment: Amendment, *, by: User) -> Amendment:
    """The paper enters the register and every change is applied, all or nothing.

    Raises FlowError: nothing to change, not in effect yet, or something it changes has changed since.
    """
    require_running(amendment.plan)
    Plan.objects.select_for_update().get(pk=amendment.plan_id)  # papers are applied one by one
    entry = AMENDMENT.take(amendment, "issue", by=by, applied_at=clock.now())
    changes = list(amendment.changes.select_related("task", "duty", "rule", "predecessor"))
    _check_order(amendment, changes)
    amendment.document = _register(amendment, by=by)
    Amendment.objects.filter(pk=amendment.pk).update(document=amendment.document)
    applied = Amending(amendment, changes, by=by)
    applied.run()
    history.record(
        amendment.plan,
        "plan.amend",
        by=by,
        note=f"{amendment}: {amendment.subject}",
        data={"amendment": amendment.pk, "changes": len(changes)},
    )
    notices.tell_amended(amendment, applied.affected, entry)
    return amendment


def _check_order(amendment: Amendment, changes: list[AmendmentChange]) -> None:
    if not changes:
        raise FlowError(_("The amendment lists no change yet."))
    if amendment.effective_on > clock.today():
        raise FlowError(_("It takes effect later: issue it here on that day."))
    latest = amendment.plan.amendments.filter(state="issued").exclude(pk=amendment.pk)
    if latest.filter(effective_on__gt=amendment.effective_on).exists():
        raise FlowError(
            _("A later amendment is in force already; papers are entered in the order of their effect.")
        )
    for change in changes:
        now = read_now(change)
        if now != change.before:
            raise FlowError(
                _("“%(change)s” has changed since it was drafted: open the change and save it again.")
                % {"change": change}
            )
        if change.predecessor:
            _check_predecessor(amendment.plan, change.predecessor)


def _register(amendment: Amendment, *, by: User) -> Document:
    plan = amendment.plan
    document = register_paper(
        issuer=plan.issuer,
        kind=amendment.kind,
        printed_number=amendment.number,
        subject=amendment.subject,
        issued_on=amendment.issued_on,
        amends=plan.document,
        readers=plan.document.readers.all(),
        by=by,
    )
    if amendment.file:
        Document.objects.filter(pk=document.pk).update(
            file=amendment.file.name, file_name=amendment.file_name, sha256=amendment.sha256
        )
    return document
