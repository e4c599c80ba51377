"""The coordinator's report on a round: drafted, edited, approved, numbered, issued."""

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
from loa.documents.models import Document
from loa.reports import notices
from loa.reports.actions.registering import register_report
from loa.reports.models import Consolidation, ReportRound, Sentence
from loa.reports.queries.gathering import gather_facts
from loa.reports.queries.narrative import DraftSentence, draft_narrative
from loa.reports.queries.sources import outdated_count
from loa.reports.states import CONSOLIDATION

_DRAFTED = ("section", "position", "heading", "text", "original", "report", "line", "figure", "other_reports")


def draft_consolidation(report_round: ReportRound, *, by: User) -> Consolidation:
    """Draft, or draft anew: what somebody edited, wrote, dropped or moved is kept.

    Also before everybody has reported. Raises FlowError once it is no longer being drafted.
    """
    require(by, "reports.manage_round", report_round)
    with transaction.atomic():
        consolidation, is_new = Consolidation.objects.select_for_update().get_or_create(
            round=report_round, defaults={"drafted_at": clock.now()}
        )
        if consolidation.state != "drafting":
            raise FlowError(_("Only a report that is being drafted can be drafted anew."))
        _renew_sentences(consolidation)
        consolidation.version += 1
        consolidation.drafted_at = clock.now()
        consolidation.save(update_fields=["version", "drafted_at"])
        history.record(consolidation, "consolidation.draft" if is_new else "consolidation.redraft", by=by)
    return consolidation


def _renew_sentences(consolidation: Consolidation) -> None:
    """Sentences nobody touched follow their sources; the others only learn what their source says now."""
    rows = list(consolidation.sentences.order_by("position", "pk"))
    kept = {row.origin: row for row in rows if row.origin}
    drafts = draft_narrative(gather_facts(consolidation.round))
    origins = {draft.origin for draft in drafts}
    gone = [row for row in rows if row.origin and row.origin not in origins and not row.is_edited]
    order = [row for row in rows if row not in gone]
    before: dict[str, Sentence] = {}  # the sentence drafted last in each section
    for draft in drafts:
        row = kept.get(draft.origin)
        if row is None:
            row = Sentence(consolidation=consolidation, origin=draft.origin)
            _insert_after(order, before.get(draft.section), row)
        _follow(row, draft)
        before[draft.section] = row
    for index, row in enumerate(order, start=1):
        row.position = index * 10
    old, new = [row for row in order if row.pk], [row for row in order if not row.pk]
    Sentence.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Sentence.objects.bulk_create(new)
    Sentence.objects.bulk_update(old, _DRAFTED, batch_size=100)


def _insert_after(order: list[Sentence], before: Sentence | None, row: Sentence) -> None:
    """A new sentence stands where its draft stands, whatever people have moved meanwhile."""
    at = next((index + 1 for index, other in enumerate(order) if other is before), 0)
    order.insert(at, row)


def _follow(row: Sentence, draft: DraftSentence) -> None:
    row.section, row.heading, row.figure = draft.section, draft.heading, draft.figure
    row.report_id, row.line_id, row.original = draft.report, draft.line, draft.text
    row.other_reports = list(draft.other_reports)
    if not row.is_edited:
        row.text = draft.text


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
        consolidation.document = document
        consolidation.snapshot = gather_facts(consolidation.round, consolidation).to_json()
        consolidation.save(update_fields=["document", "snapshot"])
    return document


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
