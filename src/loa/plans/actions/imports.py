"""From a reading to a plan: answers and corrections of a person, then one confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loa.core import clock, history
from loa.core.access import permits, require
from loa.core.workflow import FlowError
from loa.directory.actions import remember_correction
from loa.directory.models import Agency, User
from loa.documents.actions import MEGABYTE, lock_reading, read_document, take_in
from loa.documents.models import Document, DocumentLink, Proposal, Reading
from loa.documents.states import READING
from loa.plans import notices
from loa.plans.actions.building import build_plan
from loa.plans.actions.issue import issue_plan
from loa.plans.actions.sub_plans import note_imported_plan
from loa.plans.models import Plan
from loa.plans.queries.imports import LEFT_OUT, ReadingView, Unresolved, words_of
from officialdoc.model import UnreadableDocumentError

Json = dict[str, Any]
PLAN_FIELDS = ("issuer", "coordinator", "accepting_office", "year", "parent")


class UnresolvedError(FlowError):
    """The plan cannot be confirmed yet; `unresolved` says what is missing and where."""

    def __init__(self, unresolved: list[Unresolved]) -> None:
        super().__init__(_("%(count)s things must be settled first.") % {"count": len(unresolved)})
        self.unresolved = unresolved


def import_file(source: Path | bytes, name: str, *, agency: Agency, by: User | None = None) -> Reading:
    """Take in a file and read it at once: what the command line does. The same file gives the same reading.

    A file over the limit gives a failed reading that is kept nowhere.
    """
    content = source if isinstance(source, bytes) else _within_limit(source)
    try:
        reading = take_in(content, name, agency=agency, by=by, queue=False)
    except UnreadableDocumentError as error:
        return Reading(
            agency=agency,
            file_name=name,
            state="failed",
            error_vi=error.vi,
            error_en=error.en,
            created_at=clock.now(),
        )
    return read_document(reading) if reading.state in ("queued", "reading") else reading


def _within_limit(path: Path) -> bytes:
    """At most one byte more than is taken, so that a huge file never fills the memory."""
    with path.open("rb") as file:
        return file.read(settings.UPLOAD_LIMIT_MB * MEGABYTE + 1)


def unresolved_fields(reading: Reading) -> list[Unresolved]:
    return ReadingView(reading).unresolved()


def twin_of(reading: Reading) -> Plan | None:
    """The plan this paper has become before, from another file or for another agency."""
    return ReadingView(reading).twin()


@transaction.atomic
def answer_name(
    reading: Reading, *, printed: str, code: str, remember: bool = False, note: str = "", by: User
) -> None:
    """Say which body a printed name means, for every row that prints it. An empty code takes the answer back.

    Leaving a name without a body needs a reason; a lead cannot be left out.
    """
    view = ReadingView(lock_reading(reading, by=by))
    meant = view.agencies.get(code) or view.groups.get(code)
    if code == LEFT_OUT:
        _check_left_out(view, printed, note)
    elif code and meant is None:
        raise FlowError(_("There is no such body in the directory."))
    names = {key: value for key, value in (view.answers.get("names") or {}).items() if key != printed}
    if code:
        names[printed] = code
    _save_answers(view, by, {"name": printed, "code": code}, note=note, names=names)
    if remember and meant is not None:
        remember_correction(printed, meant, by=by)
    reading.answers = view.answers


def _check_left_out(view: ReadingView, printed: str, note: str) -> None:
    answer = view.name_answers.get(printed)
    if answer and answer.is_lead:
        raise FlowError(_("“%(name)s” leads a task or has a duty: choose its body.") % {"name": printed})
    if not note.strip():
        raise FlowError(_("Say why this name is left without a body."))


@transaction.atomic
def answer_due(reading: Reading, *, printed: str, due_on: date | None, by: User) -> int:
    """Say which day printed words such as "Cả năm 2019" mean, for every task that prints them. Returns how many."""
    view = ReadingView(lock_reading(reading, by=by))
    rows = [row for row in view.kept(Proposal.Kind.TASK) if words_of(row) == printed]
    for row in rows:
        row.data = {**row.data, "due_on": due_on.isoformat() if due_on else None}
        row.version += 1
    Proposal.objects.bulk_update(rows, ["data", "version"])
    answered = list(dict.fromkeys([*(view.answers.get("dues") or []), printed]))
    _save_answers(view, by, {"due": printed, "due_on": str(due_on or "")}, dues=answered)
    reading.answers = view.answers
    return len(rows)


@transaction.atomic
def mark_seen(reading: Reading, *, warnings: Iterable[int], by: User) -> None:
    """Remarks of the reader (their places in the list) that a person has looked at."""
    view = ReadingView(lock_reading(reading, by=by))
    seen = sorted({*(view.answers.get("seen") or []), *warnings} & set(range(len(reading.warnings))))
    _save_answers(view, by, {"seen": seen}, seen=seen)
    reading.answers = view.answers


@transaction.atomic
def answer_fields(reading: Reading, *, by: User, **fields: Any) -> None:
    """Say the plan's issuer, coordinator, accepting office (codes), year and parent plan (its pk).

    An empty value takes the answer back: what was read counts again.
    """
    view = ReadingView(lock_reading(reading, by=by))
    said: Json = {key: value or None for key, value in fields.items() if key in PLAN_FIELDS}
    _save_answers(view, by, {key: str(value or "") for key, value in said.items()}, **said)
    reading.answers = view.answers


@transaction.atomic
def preset_parent(reading: Reading, *, parent: int, by: User) -> None:
    """The plan above is known before the file is read; nobody has answered anything yet."""
    require(by, "documents.confirm_reading", reading)
    row = Reading.objects.select_for_update().get(pk=reading.pk)
    if row.state in ("queued", "reading", "read") and not row.answers.get("parent"):
        Reading.objects.filter(pk=row.pk).update(answers={**row.answers, "parent": parent})
        history.record(row, "reading.answer", by=by, data={"parent": str(parent)})


def _save_answers(view: ReadingView, by: User, data: Json, note: str = "", **changes: Any) -> None:
    kept = {key: value for key, value in {**view.answers, **changes}.items() if value is not None}
    Reading.objects.filter(pk=view.reading.pk).update(answers=kept)
    view.answers = kept
    history.record(view.reading, "reading.answer", by=by, note=note, data=data)


@transaction.atomic
def confirm_reading(reading: Reading, *, by: User | None, actor: str = "", issue: bool = True) -> Plan:
    """The plan comes into being, once; with `issue`, its bodies get their work where the person may give it.

    Raises UnresolvedError, StaleError for the second of two people, FlowError for a plan imported before.
    """
    row = Reading.objects.select_for_update().get(pk=reading.pk)
    READING.take(row, "confirm", by=by, actor=actor)
    view = ReadingView(row)  # read after the step was won: nobody edits any more
    if unresolved := view.unresolved():
        raise UnresolvedError(unresolved)
    assert view.issuer  # nothing is unresolved
    Agency.objects.select_for_update().get(pk=view.issuer.pk)  # the papers of one issuer come in one by one
    if twin := view.twin():
        raise FlowError(_("Plan %(plan)s was imported before.") % {"plan": twin})
    document = _document(view)
    history.record(
        document, "document.register", by=by, actor=actor, data={"number": document.printed_number}
    )
    plan = build_plan(view, document)
    document.readers.set({plan.coordinator_id, plan.accepting_office_id, row.agency_id})
    Reading.objects.filter(pk=row.pk).update(document=document)
    history.record(plan, "plan.import", by=by, actor=actor, data={"reading": row.pk})
    note_imported_plan(plan, by=by)
    if issue and (by is None or permits(by, "plans.issue_plan", plan)):
        issue_plan(plan, by=by, actor=actor)
    else:
        notices.tell_draft_waits(plan, by)
    reading.refresh_from_db()
    return plan


def _document(view: ReadingView) -> Document:
    """The register's row for the paper itself; the original file is kept as it came."""
    header, reading = view.header, view.reading
    signer = header.get("signer") or {}
    ordinal, _slash, symbol = (header.get("number") or "").partition("/")
    document = Document.objects.create(
        direction=Document.Direction.OUT,
        kind=(header.get("kind") or _("PLAN"))[:100],
        number=int(ordinal) if ordinal.isdecimal() else None,
        symbol=symbol[:60],
        printed_number=(header.get("number") or "")[:80],
        issuer=view.issuer,
        issuer_name=(header.get("issuer") or str(view.issuer))[:300],
        place=(header.get("place") or "")[:100],
        issued_on=view.issued_on,
        subject=header["title"],
        signer_name=(signer.get("name") or "")[:200],
        signer_title=(signer.get("title") or "")[:200],
        signer_authority=(signer.get("authority") or "")[:300],
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
            number=(item.get("number") or "")[:80],
            issued_on=date.fromisoformat(item["issued_on"]) if item.get("issued_on") else None,
            position=position,
        )
        for position, (kind, item) in enumerate([*bases, *references])
    )
    return document
