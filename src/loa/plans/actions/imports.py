"""From a reading to a plan: answers and corrections of a person, then one confirmation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import require
from loa.core.workflow import FlowError
from loa.directory.actions import remember_correction
from loa.directory.models import Agency, User
from loa.documents.actions import read_document, take_in
from loa.documents.models import Document, DocumentLink, Proposal, Reading
from loa.documents.states import READING
from loa.plans.actions.building import build_plan
from loa.plans.actions.issue import issue_plan
from loa.plans.models import Plan
from loa.plans.queries.imports import LEFT_OUT, ReadingView, Unresolved

Json = dict[str, Any]
PLAN_FIELDS = ("issuer", "coordinator", "accepting_office", "year")


class UnresolvedError(FlowError):
    """The plan cannot be confirmed yet; `unresolved` says what is missing and where."""

    def __init__(self, unresolved: list[Unresolved]) -> None:
        super().__init__(_("%(count)s things must be settled first.") % {"count": len(unresolved)})
        self.unresolved = unresolved


def import_file(source: Path | bytes, name: str, *, agency: Agency, by: User | None = None) -> Reading:
    """Take in a file and read it at once: what the command line does. The same file gives the same reading."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    reading = take_in(content, name, agency=agency, by=by, queue=False)
    return read_document(reading) if reading.state in ("queued", "reading") else reading


def unresolved_fields(reading: Reading) -> list[Unresolved]:
    return ReadingView(reading).unresolved()


@transaction.atomic
def answer_name(reading: Reading, *, printed: str, code: str, remember: bool = False, by: User) -> None:
    """Say which body a printed name means, for every row that prints it. An empty code takes the answer back."""
    view = ReadingView(_locked(reading, by))
    if code and code != LEFT_OUT and code not in view.agencies and code not in view.groups:
        raise FlowError(_("There is no such body in the directory."))
    names = {key: value for key, value in (view.answers.get("names") or {}).items() if key != printed}
    if code:
        names[printed] = code
    _save_answers(view.reading, {**view.answers, "names": names}, by, {"name": printed, "code": code})
    if remember and code in view.agencies:
        remember_correction(printed, view.agencies[code], by=by)
    reading.answers = view.reading.answers


@transaction.atomic
def answer_fields(reading: Reading, *, by: User, **fields: Any) -> None:
    """Say the plan's issuer, coordinator, accepting office (codes) and year."""
    locked = _locked(reading, by)
    said = {key: value for key, value in fields.items() if key in PLAN_FIELDS and value}
    _save_answers(locked, {**locked.answers, **said}, by, {key: str(value) for key, value in said.items()})
    reading.answers = locked.answers


def _locked(reading: Reading, by: User) -> Reading:
    """The row as it is now, locked until the act ends: two people's answers do not overwrite each other."""
    require(by, "documents.confirm_reading", reading)
    row = Reading.objects.select_for_update().get(pk=reading.pk)
    if row.state != "read":
        raise FlowError(_("This document is no longer waiting for confirmation."))
    return row


def _save_answers(reading: Reading, answers: Json, by: User, data: Json) -> None:
    Reading.objects.filter(pk=reading.pk).update(answers=answers)
    reading.answers = answers
    history.record(reading, "reading.answer", by=by, data=data)


@transaction.atomic
def confirm_reading(reading: Reading, *, by: User | None, actor: str = "") -> Plan:
    """The plan comes into being, once: issued where the person coordinates it, else as a draft.

    Raises UnresolvedError, StaleError for the second of two people, FlowError for a plan imported before.
    """
    view = ReadingView(reading)
    READING.take(reading, "confirm", by=by, actor=actor)
    if unresolved := view.unresolved():
        raise UnresolvedError(unresolved)
    if twin := view.twin():
        raise FlowError(_("Plan %(plan)s was imported before.") % {"plan": twin})
    document = _document(view)
    plan = build_plan(view, document)
    Reading.objects.filter(pk=reading.pk).update(document=document)
    reading.document = document
    history.record(plan, "plan.import", by=by, actor=actor, data={"reading": reading.pk})
    if by is None or by.has_perm("plans.issue_plan", plan):
        issue_plan(plan, by=by, actor=actor)
    return plan


def _document(view: ReadingView) -> Document:
    """The register's row for the paper itself; the original file is kept as it came."""
    header, reading = view.header, view.reading
    signer = header.get("signer") or {}
    document = Document.objects.create(
        direction=Document.Direction.OUT,
        kind=header.get("kind") or _("PLAN"),
        symbol=(header.get("number") or "").partition("/")[2],
        printed_number=header.get("number") or "",
        issuer=view.issuer,
        issuer_name=header.get("issuer") or "",
        place=header.get("place") or "",
        issued_on=view.issued_on,
        subject=header["title"],
        signer_name=signer.get("name") or "",
        signer_title=signer.get("title") or "",
        signer_authority=signer.get("authority") or "",
        recipients=header.get("recipients") or [],
        file=reading.file.name,
        file_name=reading.file_name,
        sha256=reading.sha256,
        created_at=clock.now(),
    )
    bases = [(DocumentLink.Kind.BASIS, row.data) for row in view.kept(Proposal.Kind.BASIS)]
    references = [(DocumentLink.Kind.REFERENCE, item) for item in header.get("references") or []]
    DocumentLink.objects.bulk_create(
        DocumentLink(
            document=document,
            kind=kind,
            text=item["text"],
            number=item.get("number") or "",
            issued_on=date.fromisoformat(item["issued_on"]) if item.get("issued_on") else None,
            position=position,
        )
        for position, (kind, item) in enumerate([*bases, *references])
    )
    return document
