"""The register: a file is taken in and read into proposals; an outgoing document gets its number."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.numbering import next_number
from loa.core.queue import later
from loa.core.text import format_date
from loa.core.uploads import Upload
from loa.core.workflow import FlowError, StaleError
from loa.directory.models import Agency, User
from loa.documents.models import Document, DocumentLink, Proposal, Reading, stored_name
from loa.documents.states import READING
from officialdoc.model import UnreadableDocumentError
from officialdoc.read.formats.refusals import refusal
from officialdoc.read.safe import read_bounded

Json = dict[str, Any]
MEGABYTE = 1024 * 1024
LIVE_STATES = ("queued", "reading", "read", "confirmed")
# key of plan-json -> kind of proposal
LISTS = {
    "legal_bases": Proposal.Kind.BASIS,
    "topics": Proposal.Kind.TOPIC,
    "forms": Proposal.Kind.FORM,
    "tasks": Proposal.Kind.TASK,
    "duties": Proposal.Kind.DUTY,
    "reporting": Proposal.Kind.RULE,
}
HEADER = (
    "kind",
    "number",
    "title",
    "issuer",
    "place",
    "issued_on",
    "signer",
    "recipients",
    "references",
    "sections",
)


def take_in(content: bytes, name: str, *, agency: Agency, by: User | None, queue: bool = True) -> Reading:
    """Keep a file and have it read. The same file of the same agency is the same reading.

    Raises UnreadableDocumentError where the file is over the limit; nothing is kept then.
    """
    if by is not None:
        require(by, "documents.read")
    if len(content) > settings.UPLOAD_LIMIT_MB * MEGABYTE:
        raise refusal("file_too_big", megabytes=settings.UPLOAD_LIMIT_MB)
    digest = hashlib.sha256(content).hexdigest()
    existing = Reading.objects.filter(agency=agency, sha256=digest, state__in=LIVE_STATES).first()
    if existing:
        return existing
    reading = Reading(
        agency=agency, sha256=digest, file_name=Path(name).name[:255], started_by=by, created_at=clock.now()
    )
    try:
        with transaction.atomic():
            reading.file.name = _keep(content, stored_name(reading, name))
            reading.save()
            history.record(reading, "reading.take_in", by=by, actor="" if by else "import")
            if queue:
                later("loa.documents.jobs.read_document", reading.pk)
    except IntegrityError:  # a second click was faster
        return Reading.objects.get(agency=agency, sha256=digest, state__in=LIVE_STATES)
    return reading


def _keep(content: bytes, path: str) -> str:
    """The same content is kept once, whoever sends it."""
    return path if default_storage.exists(path) else default_storage.save(path, ContentFile(content))


def read_document(reading: Reading) -> Reading:
    """Read the file in a bounded process and keep what was found. Safe to run again after a kill."""
    try:
        READING.take(reading, "begin", by=None, actor="import", began_at=clock.now())
    except StaleError:
        return reading
    try:
        found = _read_file(reading)
    except UnreadableDocumentError as error:
        READING.take(
            reading, "fail", by=None, actor="import", note=str(error), error_vi=error.vi, error_en=error.en
        )
        return reading
    try:
        _finish(reading, found)
    except StaleError:  # another worker read it in the meantime, and people may have begun to edit
        reading.refresh_from_db()
    return reading


@transaction.atomic
def _finish(reading: Reading, found: Json) -> None:
    reading.proposals.all().delete()
    Proposal.objects.bulk_create(_proposals(reading, found))
    READING.take(
        reading,
        "finish",
        by=None,
        actor="import",
        text=found["text"],
        header={key: found[key] for key in HEADER},
        warnings=found["warnings"],
    )


def _read_file(reading: Reading) -> Json:
    """The file store may be far away: the child process reads a local copy."""
    with tempfile.NamedTemporaryFile(suffix=Path(reading.file_name).suffix) as local:
        with reading.file.open("rb") as stored:
            shutil.copyfileobj(stored, local)
        local.flush()
        return read_bounded(local.name)


def _proposals(reading: Reading, found: Json) -> Iterator[Proposal]:
    header = {key: found[key] for key in HEADER}
    sure = min(found.get("confidences", {}).values(), default=1.0)
    sources = found.get("sources", {})
    place: Json = next((sources[key] for key in ("title", "number", "kind") if sources.get(key)), {})
    yield _proposal(reading, Proposal.Kind.HEADER, 0, header, source=place or {}, confidence=sure)
    for key, kind in LISTS.items():
        for position, item in enumerate(found[key]):
            source = item.get("source") or _place_of(item.get("text") or "", found["text"])
            sure = item.get("confidence", 1.0)
            yield _proposal(reading, kind, position, item, source=source, confidence=sure)


def _place_of(words: str, text: str) -> Json:
    """Where words stand that were read out of a longer sentence."""
    start = text.find(words) if words else -1
    return {} if start < 0 else {"start": start, "end": start + len(words)}


def _proposal(reading: Reading, kind: str, position: int, item: Json, **fields: Any) -> Proposal:
    data = {key: value for key, value in item.items() if key not in ("source", "confidence")}
    return Proposal(reading=reading, kind=kind, position=position, found=data, data=data, **fields)


def drop_reading(reading: Reading, *, note: str, by: User) -> None:
    READING.take(reading, "drop", by=by, note=note)


@transaction.atomic
def change_proposal(proposal: Proposal, *, version: int, by: User, **changes: Any) -> Proposal:
    """Save what a person changed; of two who edit one proposal the second is told, nothing is lost.

    `changes` are fields of the row: data, is_dropped, is_checked, source.
    """
    lock_reading(proposal.reading, by=by)
    rows = Proposal.objects.filter(pk=proposal.pk, version=version)
    if rows.update(version=version + 1, **changes) != 1:
        raise StaleError(_("Somebody else has just changed this. What you typed is still here."))
    for key, value in {"version": version + 1, **changes}.items():
        setattr(proposal, key, value)
    return proposal


def lock_reading(reading: Reading, *, by: User) -> Reading:
    """The row as it is now, locked until the act ends, so that no edit slips past a confirmation."""
    require(by, "documents.confirm_reading", reading)
    row = Reading.objects.select_for_update().get(pk=reading.pk)
    if row.state != "read":
        raise FlowError(_("This document is no longer waiting for confirmation."))
    return row


def register_outgoing(
    *,
    issuer: Agency,
    kind: str,
    symbol: str,
    subject: str,
    issued_on: date,
    readers: Iterable[Agency] = (),
    by: User,
    **fields: Any,
) -> Document:
    """Enter an outgoing document with the next number of its agency, year and kind of document.

    Must run inside the act that issues it: rolled back, the number is free again.
    """
    require(by, "documents.number", Document(issuer=issuer))
    number = _free_number(issuer, symbol, issued_on.year)
    document = Document.objects.create(
        direction=Document.Direction.OUT,
        kind=kind,
        number=number,
        symbol=symbol,
        printed_number=f"{number:02d}/{symbol}",
        issuer=issuer,
        issuer_name=issuer.name,
        subject=subject,
        issued_on=issued_on,
        created_at=clock.now(),
        **fields,
    )
    document.readers.set(readers)
    history.record(document, "document.register", by=by, data={"number": document.printed_number})
    return document


@transaction.atomic
def register_paper(
    *,
    issuer: Agency,
    kind: str,
    printed_number: str,
    subject: str,
    issued_on: date,
    upload: Upload | None = None,
    amends: Document | None = None,
    readers: Iterable[Agency | int] = (),
    by: User,
) -> Document:
    """Enter a paper that its issuer has numbered and signed outside Loa. The caller has asked who may.

    The same number of the same day is the same paper: FlowError.
    """
    ordinal, _slash, symbol = printed_number.partition("/")
    try:
        with transaction.atomic():
            document = Document.objects.create(
                direction=Document.Direction.OUT,
                kind=kind[:100],
                number=int(ordinal) if ordinal.isdecimal() else None,
                symbol=symbol[:60],
                printed_number=printed_number[:80],
                issuer=issuer,
                issuer_name=issuer.name,
                subject=subject,
                issued_on=issued_on,
                created_at=clock.now(),
                **(_kept_file(upload) if upload else {}),
            )
    except IntegrityError as error:
        words = {"number": printed_number, "date": format_date(issued_on)}
        raise FlowError(_("%(number)s of %(date)s is in the register already.") % words) from error
    document.readers.set(readers)
    if amends is not None:
        link_amended(document, amends)
    history.record(document, "document.register", by=by, data={"number": printed_number})
    return document


def _kept_file(upload: Upload) -> dict[str, Any]:
    return {
        "file": uploads.keep(upload, "documents"),
        "file_name": upload.name,
        "sha256": upload.sha256,
    }


def link_amended(document: Document, amended: Document) -> DocumentLink:
    """Say in the register which paper this one changes."""
    return DocumentLink.objects.create(
        document=document,
        kind=DocumentLink.Kind.AMENDS,
        text=f"{amended} – {amended.subject}",
        number=amended.printed_number,
        issued_on=amended.issued_on,
        other=amended,
        position=document.links.count(),
    )


def _free_number(issuer: Agency, symbol: str, year: int) -> int:
    """The next of the series, past numbers that came in from paper: a number is never given twice."""
    key = f"agency:{issuer.code}:{year}:{symbol.partition('-')[0]}"
    taken = set(
        Document.objects.filter(issuer=issuer, symbol=symbol, issued_on__year=year).values_list(
            "number", flat=True
        )
    )
    number = next_number(key)
    while number in taken:
        number = next_number(key)
    return number


def register_decided(
    *,
    issuer: Agency,
    kind: str,
    printed_number: str,
    subject: str,
    issued_on: date,
    reader_ids: Iterable[int] = (),
    by: User,
) -> Document:
    """Enter a document that its issuer has numbered already, or find it where the register holds it.

    Who may is for the caller to ask: the right to record the decision is the right to enter it.
    """
    printed_number = " ".join(printed_number.split())
    number, _slash, symbol = printed_number.partition("/")
    document, is_new = Document.objects.get_or_create(
        issuer=issuer,
        printed_number=printed_number,
        issued_on=issued_on,
        defaults={
            "direction": Document.Direction.OUT,
            "kind": kind,
            "number": int(number) if number.isdecimal() and len(number) < 9 else None,
            "symbol": symbol[:60],
            "issuer_name": issuer.name,
            "place": issuer.place,
            "subject": subject,
            "created_at": clock.now(),
        },
    )
    document.readers.add(*reader_ids)
    if is_new:
        history.record(document, "document.register", by=by, data={"number": printed_number})
    return document
