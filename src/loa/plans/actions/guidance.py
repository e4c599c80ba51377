"""Notes on how to carry out a plan: sent down to bodies, acknowledged, asked about and answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.models import Entry
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, AgencyGroup, User
from loa.directory.queries import members_of
from loa.documents.models import Document
from loa.plans import notices
from loa.plans.models import Guidance, GuidanceFile, GuidanceReceipt, Plan
from loa.plans.states import GUIDANCE, RECEIPT


@transaction.atomic
def write_guidance(
    plan: Plan,
    *,
    title: str,
    text: str,
    agencies: Iterable[Agency],
    groups: Iterable[AgencyGroup],
    acknowledge_by: date | None = None,
    document: Document | None = None,
    upload: Upload | None = None,
    by: User,
) -> Guidance:
    """A draft; nobody is told before it is sent."""
    guidance = Guidance(plan=plan, created_by=by, created_at=clock.now())
    require(by, "plans.guide", guidance)
    if plan.state == "draft":
        raise FlowError(_("The plan is not issued yet."))
    return _write(
        guidance,
        "guidance.write",
        by=by,
        title=title,
        text=text,
        agencies=agencies,
        groups=groups,
        acknowledge_by=acknowledge_by,
        document=document,
        upload=upload,
    )


@transaction.atomic
def edit_guidance(guidance: Guidance, *, by: User, **fields: Any) -> Guidance:
    require(by, "plans.guide", guidance)
    row = Guidance.objects.select_for_update().select_related("plan").get(pk=guidance.pk)
    if row.state != "draft":
        raise FlowError(_("What was sent is not changed: withdraw it and send another note."))
    return _write(row, "guidance.edit", by=by, **fields)


def _write(
    guidance: Guidance,
    action: str,
    *,
    agencies: Iterable[Agency],
    groups: Iterable[AgencyGroup],
    upload: Upload | None,
    by: User,
    **fields: Any,
) -> Guidance:
    for name, value in fields.items():
        setattr(guidance, name, value)
    guidance.save()
    guidance.agencies.set(agencies)
    guidance.groups.set(groups)
    if upload is not None:
        _attach(guidance, upload)
    history.record(guidance, action, by=by)
    return guidance


def _attach(guidance: Guidance, upload: Upload) -> None:
    GuidanceFile.objects.get_or_create(
        guidance=guidance,
        sha256=upload.sha256,
        defaults={
            "file": uploads.keep(upload, "documents"),
            "file_name": upload.name,
            "file_type": upload.type,
        },
    )


@transaction.atomic
def send_guidance(guidance: Guidance, *, by: User) -> Guidance:
    """Groups mean their members of today. Each body gets one receipt to acknowledge."""
    entry = GUIDANCE.take(guidance, "send", by=by, sent_at=clock.now())
    receivers = receivers_of(guidance)
    if not receivers:
        raise FlowError(_("Choose who gets the note."))
    GuidanceReceipt.objects.bulk_create(
        (GuidanceReceipt(guidance=guidance, agency_id=pk) for pk in sorted(receivers)), ignore_conflicts=True
    )
    if guidance.document:
        guidance.document.readers.add(*receivers)
    notices.tell_guidance_sent(guidance, entry)
    return guidance


def receivers_of(guidance: Guidance) -> set[int]:
    """The bodies a note means today, by id, the coordinator itself left out."""
    found = set(guidance.agencies.values_list("pk", flat=True))
    for members in members_of(guidance.groups.all(), clock.today()).values():
        found |= {agency.pk for agency in members}
    return found - {guidance.plan.coordinator_id}


def withdraw_guidance(guidance: Guidance, *, note: str, by: User) -> Entry:
    """It stays readable with the reason; nobody is asked to acknowledge it any more."""
    return GUIDANCE.take(guidance, "withdraw", by=by, note=note)


@transaction.atomic
def acknowledge_guidance(receipt: GuidanceReceipt, *, by: User) -> Entry:
    _require_in_force(receipt)
    return RECEIPT.take(receipt, "acknowledge", by=by, acknowledged_at=clock.now(), acknowledged_by=by)


@transaction.atomic
def ask_about_guidance(receipt: GuidanceReceipt, *, question: str, by: User) -> Entry:
    """Who asks has read: the question acknowledges too."""
    _require_in_force(receipt)
    first = receipt.acknowledged_at is None
    read: dict[str, Any] = {"acknowledged_at": clock.now(), "acknowledged_by": by} if first else {}
    entry = RECEIPT.take(receipt, "ask", by=by, note=question, question=question, answer="", **read)
    notices.tell_guidance_question(receipt, entry)
    return entry


@transaction.atomic
def answer_about_guidance(receipt: GuidanceReceipt, *, answer: str, by: User) -> Entry:
    entry = RECEIPT.take(receipt, "answer", by=by, note=answer, answer=answer)
    notices.tell_guidance_answer(receipt, entry)
    return entry


def take_receipt_step(receipt: GuidanceReceipt, step: str, *, note: str = "", by: User) -> Entry:
    """The action behind a step's button."""
    if step == "acknowledge":
        return acknowledge_guidance(receipt, by=by)
    if step == "ask":
        return ask_about_guidance(receipt, question=note, by=by)
    return answer_about_guidance(receipt, answer=note, by=by)


def _require_in_force(receipt: GuidanceReceipt) -> None:
    if receipt.guidance.state != "sent":
        raise FlowError(_("This note was withdrawn."))
