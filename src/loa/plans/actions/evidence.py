"""Notes and deliverables: what was done, and the proof of it."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.models import Entry
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.plans.actions.assignment import begin_if_waiting, require_running
from loa.plans.models import Assignment, Deliverable, DutyAssignment, Occurrence, ProgressNote

Work = Assignment | DutyAssignment
HANDED_IN = ("submitted", "done", "passed_on")


@transaction.atomic
def add_note(
    work: Work, *, on: date, done: str, obstacles: str = "", proposals: str = "", by: User
) -> ProgressNote:
    """What was done, what stands in the way, what is proposed."""
    _require_work(work, by=by)
    note = ProgressNote.objects.create(
        **_place(work), on=on, done=done, obstacles=obstacles, proposals=proposals, by=by, at=clock.now()
    )
    history.record(work, f"{_noun(work)}.add_note", by=by, data={"note": note.pk})
    _begin(work, by=by)
    return note


@transaction.atomic
def attach_file(
    work: Work,
    *,
    upload: Upload,
    title: str = "",
    on: date,
    quantity: Decimal | None = None,
    unit: str = "",
    occurrence: Occurrence | None = None,
    by: User,
) -> Deliverable:
    """A checked file as evidence; without a quantity it proves and counts for no target.

    The same file for the same work is one deliverable. A file that nothing refers to may stay behind
    when the transaction fails: it is kept under its digest and found again.
    """
    _require_work(work, by=by)
    return record_deliverable(
        work,
        agency=work.agency,
        kind="file",
        title=title or upload.name,
        on=on,
        source=f"file:{upload.sha256}:{_noun(work)}:{work.pk}",
        quantity=1 if quantity is None else quantity,
        unit=unit,
        is_counted=quantity is not None,
        occurrence=occurrence,
        by=by,
        file=uploads.keep(upload, "documents"),
        file_name=upload.name,
        file_type=upload.type,
        sha256=upload.sha256,
    )


@transaction.atomic
def attach_link(
    work: Work,
    *,
    link: str,
    title: str,
    on: date,
    quantity: Decimal | None = None,
    unit: str = "",
    occurrence: Occurrence | None = None,
    by: User,
) -> Deliverable:
    """An address as evidence; the same address for the same work is one deliverable."""
    _require_work(work, by=by)
    digest = hashlib.sha256(link.encode()).hexdigest()
    return record_deliverable(
        work,
        agency=work.agency,
        kind="link",
        title=title,
        on=on,
        source=f"link:{digest}:{_noun(work)}:{work.pk}",
        quantity=1 if quantity is None else quantity,
        unit=unit,
        is_counted=quantity is not None,
        occurrence=occurrence,
        by=by,
        link=link,
    )


@transaction.atomic
def record_deliverable(
    work: Work,
    *,
    agency: Agency,
    kind: str,
    title: str,
    on: date,
    source: str,
    quantity: Decimal | int = 1,
    unit: str | None = None,
    occurrence: Occurrence | None = None,
    by: User | None,
    **fields: Any,
) -> Deliverable:
    """The joint: whatever was produced for a task or a duty calls here, once per `source`.

    The caller has asked who may. Recording again returns the same row, and brings back a withdrawn
    one. `fields` are further fields of the row. Raises FlowError for a body that has no part in the work.
    """
    require_running(work.plan)
    _require_not_ended(work)
    _check_part(work, agency, occurrence)
    row, is_new = Deliverable.objects.get_or_create(
        source=source,
        defaults={
            **_place(work),
            "agency": agency,
            "kind": kind,
            "title": title[:500],
            "on": on,
            "quantity": quantity,
            "unit": unit or "",
            "occurrence": occurrence,
            "by": by,
            "recorded_at": clock.now(),
            **fields,
        },
    )
    if is_new or row.withdrawn_at:
        _stand(row, is_new=is_new, by=by)
        _begin(work, by=by)
    return row


@transaction.atomic
def withdraw_deliverable(
    source: str, *, note: str = "", by: User | None, is_asked: bool = False
) -> Deliverable:
    """Take evidence back, with history; taken back twice is once. Raises Deliverable.DoesNotExist.

    `is_asked`: the caller has asked who may, as in `record_deliverable`: a coordinator takes back what it logged.
    """
    row = Deliverable.objects.select_related("assignment", "duty_assignment").get(source=source)
    if by is not None and not is_asked:
        require(by, "plans.withdraw_deliverable", row)
    if Deliverable.objects.filter(pk=row.pk, withdrawn_at__isnull=True).update(withdrawn_at=clock.now()):
        _record(row, "withdraw_deliverable", note=note, by=by)
    row.refresh_from_db(fields=["withdrawn_at"])
    return row


@transaction.atomic
def correct_deliverable(
    source: str, *, title: str, quantity: Decimal | int, unit: str, by: User | None
) -> Deliverable:
    """The register that recorded it says otherwise now: the same row, with history of what it was.

    The caller has asked who may. Raises Deliverable.DoesNotExist.
    """
    row = Deliverable.objects.select_for_update().get(source=source)
    before = f"{row.title}: {row.quantity.normalize():f} {row.unit}".strip()
    row.title, row.quantity, row.unit = title[:500], Decimal(quantity), unit
    row.save(update_fields=["title", "quantity", "unit"])
    _record(row, "correct_deliverable", note=before, by=by)
    return row


def withdraw_evidence(deliverable: Deliverable, *, note: str, by: User) -> Deliverable:
    """A person takes back a file or link; not from work that waits to be accepted or is done."""
    require(by, "plans.withdraw_deliverable", deliverable)
    _require_open(work_of(deliverable))
    if not note.strip():
        raise FlowError(_("Say why you take it back."))
    if not deliverable.source.startswith(("file:", "link:")):
        raise FlowError(_("This was recorded by another register: take it back there."))
    return withdraw_deliverable(deliverable.source, note=note, by=by)


def _stand(row: Deliverable, *, is_new: bool, by: User | None) -> None:
    if not is_new:
        Deliverable.objects.filter(pk=row.pk).update(withdrawn_at=None)
        row.withdrawn_at = None
    _record(row, "record_deliverable" if is_new else "restore_deliverable", by=by)


def _record(row: Deliverable, verb: str, *, note: str = "", by: User | None) -> Entry:
    work = work_of(row)
    data = {"deliverable": row.pk, "title": row.title}
    actor = "" if by else "import"
    return history.record(
        work, f"{_noun(work)}.{verb}", by=by, actor=actor, note=note or row.title, data=data
    )


def _check_part(work: Work, agency: Agency, occurrence: Occurrence | None) -> None:
    if agency.pk != work.agency_id:
        in_task = isinstance(work, Assignment) and work.task.requests.filter(agency=agency).exists()
        if not in_task:
            raise FlowError(_("%(agency)s has no part in this work.") % {"agency": agency})
    if occurrence and (isinstance(work, DutyAssignment) or occurrence.task_id != work.task_id):
        raise FlowError(_("The occurrence belongs to another task."))


def _require_work(work: Work, *, by: User) -> None:
    require(by, "plans.work_on_assignment" if isinstance(work, Assignment) else "plans.work_on_duty", work)
    _require_open(work)


def _require_open(work: Work) -> None:
    require_running(work.plan)
    _require_not_ended(work)
    if isinstance(work, Assignment) and work.state in HANDED_IN:
        raise FlowError(
            _("The result is handed in. It must be returned before anything is added or taken back.")
        )


def _require_not_ended(work: Work) -> None:
    if isinstance(work, Assignment) and work.state == "ended":
        raise FlowError(_("The task was ended."))


def _begin(work: Work, *, by: User | None) -> None:
    if isinstance(work, Assignment):
        begin_if_waiting(work, by=by)


def work_of(deliverable: Deliverable) -> Work:
    work = deliverable.assignment or deliverable.duty_assignment
    if work is None:
        raise ValueError("A deliverable belongs to one work")  # the database forbids it
    return work


def _place(work: Work) -> dict[str, Work]:
    return {"assignment" if isinstance(work, Assignment) else "duty_assignment": work}


def _noun(work: Work) -> str:
    return "assignment" if isinstance(work, Assignment) else "duty_assignment"
