"""The coordinator's report on a round: approved, numbered, issued, and issued again where it was wrong."""

from __future__ import annotations

from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.models import User
from loa.directory.queries.signing import signature_of
from loa.documents.models import Document, DocumentLink
from loa.reports import notices
from loa.reports.actions.registering import register_report
from loa.reports.models import Consolidation, EarlierIssue
from loa.reports.queries.gathering import gather_facts
from loa.reports.queries.sources import outdated_count
from loa.reports.states import CONSOLIDATION


def _take(consolidation: Consolidation, step: str, *, by: User, note: str = "", **changes: Any) -> None:
    with transaction.atomic():
        entry = CONSOLIDATION.take(consolidation, step, by=by, note=note, **changes)
        notices.consolidation_moved(consolidation, entry)


def hand_consolidation_to_head(consolidation: Consolidation, *, by: User) -> None:
    """Raises FlowError where the text says other numbers than the reports do by now."""
    require(by, "reports.write_consolidation", consolidation)
    _refuse_outdated(consolidation)
    _take(consolidation, "hand_to_head", by=by)


def _refuse_outdated(consolidation: Consolidation) -> None:
    count = outdated_count(consolidation)
    if count:
        raise FlowError(
            _("Reports have changed: %(count)s sentences are out of date. Draft the text anew first.")
            % {"count": count}
        )


def return_consolidation(consolidation: Consolidation, *, reason: str, by: User) -> None:
    _take(consolidation, "return_to_writer", by=by, note=reason, signature={})


def approve_consolidation(consolidation: Consolidation, *, by: User) -> None:
    """The head's yes: whose name and title stand under it is kept from this moment."""
    signature = signature_of(by, consolidation.round.plan.coordinator)
    _take(consolidation, "approve", by=by, signature=signature)


def issue_consolidation(consolidation: Consolidation, *, on: date | None = None, by: User) -> Document:
    """Number it in the register of its agency and freeze what it rests on.

    The number, the register's row and the snapshot come into being together or not at all. Refused
    where a report changed since the text was drafted: text and annexes would say different numbers.
    """
    issued_on = on or clock.today()
    require(by, "reports.issue_consolidation", consolidation)
    if consolidation.state == "approved":
        _refuse_outdated(consolidation)
    with transaction.atomic():
        _take(consolidation, "issue", by=by, issued_at=clock.now())
        document = register_report(consolidation, issued_on=issued_on, by=by)
        _link_to_earlier(consolidation, document)
        consolidation.document = document
        consolidation.snapshot = gather_facts(consolidation.round, consolidation).to_json()
        consolidation.save(update_fields=["document", "snapshot"])
    return document


def _link_to_earlier(consolidation: Consolidation, document: Document) -> None:
    earlier = consolidation.earlier_issues.select_related("document").last()
    if earlier is not None:
        DocumentLink.objects.create(
            document=document,
            kind=DocumentLink.Kind.REPLACES,
            text=str(earlier.document),
            number=earlier.document.printed_number,
            issued_on=earlier.document.issued_on,
            other=earlier.document,
            position=1,
        )


def reopen_consolidation(consolidation: Consolidation, *, reason: str, by: User) -> EarlierIssue:
    """To issue a corrected version. What was issued stays as it was: number, file, figures, signed copy."""
    require(by, "reports.approve_consolidation", consolidation)
    issued = {
        name: getattr(consolidation, name)
        for name in ("document", "snapshot", "issued_at", "signed_file", "sha256")
    }
    with transaction.atomic():
        _take(
            consolidation,
            "reopen",
            by=by,
            note=reason,
            document=None,
            snapshot={},
            issued_at=None,
            signature={},
            signed_file="",
            sha256="",
        )
        return EarlierIssue.objects.create(
            consolidation=consolidation,
            number=consolidation.earlier_issues.count() + 1,
            **{**issued, "signed_file": issued["signed_file"].name},
            reason=reason,
            reopened_at=clock.now(),
            reopened_by=by,
        )


def attach_signed_copy(consolidation: Consolidation, *, file: BinaryIO, name: str, by: User) -> None:
    """The signed and sealed paper as .pdf; a later one takes the place of an earlier one, on record."""
    require(by, "reports.issue_consolidation", consolidation)
    if consolidation.state not in {"approved", "issued"}:
        raise FlowError(_("A signed copy belongs to an approved report."))
    try:
        upload = uploads.check_upload(file, name)
    except uploads.UploadError as error:
        raise FlowError(str(error)) from error
    if upload.kind != "pdf":
        raise FlowError(_("This is not a .pdf file, whatever its name says."))
    with transaction.atomic():
        data = {"sha256": upload.sha256, "previous": consolidation.sha256}
        consolidation.sha256 = upload.sha256
        consolidation.signed_file.name = uploads.keep(upload, "documents")
        consolidation.save(update_fields=["sha256", "signed_file"])
        history.record(consolidation, "consolidation.attach_signed_copy", by=by, data=data)
