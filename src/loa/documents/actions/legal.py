"""Legal documents: entered, corrected, related to others, published and taken off again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loa.core import clock, history, uploads
from loa.core.access import require
from loa.core.queue import later
from loa.core.text import format_date
from loa.core.uploads import Upload
from loa.core.workflow import FlowError
from loa.directory.models import Agency, User
from loa.documents import queries
from loa.documents.models import Document, DocumentLink, LegalDocument
from loa.documents.states import LEGAL
from officialdoc.model import UnreadableDocumentError
from officialdoc.read.references import find_references, number_key
from officialdoc.read.safe import read_bounded

DOCUMENT_FIELDS = (
    "kind",
    "printed_number",
    "subject",
    "issuer_name",
    "issued_on",
    "signer_name",
    "signer_title",
)
LEGAL_FIELDS = ("field", "effective_from", "effective_to", "is_checked", "note")
Relations = Mapping[str, Iterable[str]]  # kind of link -> lines that name documents


@transaction.atomic
def enter_legal_document(
    *,
    agency: Agency,
    by: User,
    upload: Upload | None = None,
    relations: Relations | None = None,
    **given: Any,
) -> LegalDocument:
    """Enter a document, not yet public. A paper that the own register holds already gets its public side.

    `given`: DOCUMENT_FIELDS and LEGAL_FIELDS. Raises FlowError where another body's register holds the paper.
    """
    require(by, "documents.enter_legal")
    facts = {name: given[name] for name in DOCUMENT_FIELDS if name in given}
    document, is_new = _document_for(facts, agency=agency, by=by, upload=upload)
    legal = LegalDocument(document=document, keeper=agency, owns_document=is_new, created_at=clock.now())
    for name in LEGAL_FIELDS:
        if name in given:
            setattr(legal, name, given[name])
    try:
        with transaction.atomic():
            legal.save()
    except IntegrityError as error:
        raise FlowError(_known_already(document)) from error
    history.record(legal, "legal_document.enter", by=by, data={"number": document.printed_number})
    for kind, lines in (relations or {}).items():
        for line in lines:
            add_relation(legal, kind=kind, text=line, by=by)
    if not is_new:
        _find_others(legal, by=by)
    answer_waiting_links(legal)
    _have_text_read(legal)
    return legal


def _document_for(
    facts: dict[str, Any], *, agency: Agency, by: User, upload: Upload | None
) -> tuple[Document, bool]:
    issuer = Agency.objects.filter(name__iexact=facts.get("issuer_name", "")).first()
    number = facts.get("printed_number", "")
    if issuer and number:
        rows = Document.objects.filter(issuer=issuer, printed_number=number, issued_on=facts["issued_on"])
        known = rows.first()
        if known is not None:
            if not queries.documents_visible_to(by).filter(pk=known.pk, issuer__in=_issuers(agency)).exists():
                raise FlowError(_known_already(known))
            return known, False
    ordinal, _slash, symbol = number.partition("/")
    document = Document.objects.create(
        direction=Document.Direction.OUT if issuer == agency else Document.Direction.IN,
        number=int(ordinal) if ordinal.isdecimal() and len(ordinal) < 9 else None,
        symbol=symbol[:60],
        issuer=issuer,
        created_at=clock.now(),
        **facts,
        **(_kept_file(upload) if upload else {}),
    )
    return document, True


def _issuers(agency: Agency) -> list[int]:
    """Whose papers an agency may publish: its own; a committee's office also those of the committee."""
    is_office = agency.kind == Agency.Kind.OFFICE and agency.parent_id
    return [agency.pk, agency.parent_id] if is_office else [agency.pk]  # type: ignore[list-item]


def _known_already(document: Document) -> str:
    day = format_date(document.issued_on) if document.issued_on else "–"
    words = {"number": document.printed_number, "date": day}
    return _("%(number)s of %(date)s is in the register already.") % words


def _kept_file(upload: Upload) -> dict[str, Any]:
    return {
        "file": uploads.keep(upload, "documents"),
        "file_name": upload.name,
        "sha256": upload.sha256,
    }


@transaction.atomic
def change_legal_document(
    legal: LegalDocument, *, by: User, upload: Upload | None = None, **given: Any
) -> bool:
    """Correct what was entered; False where nothing is different. What was there stays in the history."""
    require(by, "documents.keep_legal", legal)
    legal = LegalDocument.objects.select_for_update().select_related("document").get(pk=legal.pk)
    document = legal.document
    changed = _set_fields(legal, LEGAL_FIELDS, given)
    if legal.owns_document:
        changed |= _set_fields(document, DOCUMENT_FIELDS, given)
        if upload:
            changed["file"] = (document.file_name, upload.name)
            for name, value in _kept_file(upload).items():
                setattr(document, name, value)
    if not changed:
        return False
    try:
        with transaction.atomic():
            document.save()
            legal.save()
    except IntegrityError as error:
        raise FlowError(
            _("These dates are out of order, or the number is in the register already.")
        ) from error
    data = {"changed": {name: [_plain(old), _plain(new)] for name, (old, new) in changed.items()}}
    history.record(legal, "legal_document.change", by=by, note=_told(changed), data=data)
    answer_waiting_links(legal)
    if upload:
        _have_text_read(legal)
    return True


def _set_fields(obj: Any, names: Iterable[str], given: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    changed = {}
    for name in names:
        if name in given and getattr(obj, name) != given[name]:
            changed[name] = getattr(obj, name), given[name]
            setattr(obj, name, given[name])
    return changed


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _told(changed: dict[str, tuple[Any, Any]]) -> str:
    """What was there and what is there now, for who reads the history."""
    labels = {**queries.LEGAL_COLUMNS, "file": _("File")}
    lines = [
        f"{labels.get(name, name)}: {_shown(old)} → {_shown(new)}" for name, (old, new) in changed.items()
    ]
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return format_date(value) if isinstance(value, date) else str(value or "–")[:200]


@transaction.atomic
def publish_legal_document(legal: LegalDocument, *, by: User | None, actor: str = "") -> None:
    """Everybody can read it from now on. What has no date cannot be published: nobody could say if it is in force."""
    if legal.document.issued_on is None:
        raise FlowError(_("Give its date first: without one nobody can say whether it is in force."))
    LEGAL.take(legal, "publish", by=by, actor=actor, published_at=legal.published_at or clock.now())


def unpublish_legal_document(legal: LegalDocument, *, note: str, by: User) -> None:
    LEGAL.take(legal, "unpublish", by=by, note=note)


@transaction.atomic
def add_relation(
    legal: LegalDocument, *, kind: str, text: str, acts_from: date | None = None, note: str = "", by: User
) -> DocumentLink:
    """Say what a document does to another one, named as it is printed. The same relation twice is one."""
    require(by, "documents.keep_legal", legal)
    facts = _named_in(text, seen_by=by)
    if facts["other"] is not None and facts["other"].pk == legal.document_id:
        raise FlowError(_("A document cannot change or end itself."))
    same = legal.document.links.filter(kind=kind)
    known = same.filter(other=facts["other"]) if facts["other"] else same.filter(text=facts["text"])
    link = known.first()
    if link is not None:
        return link
    link = DocumentLink.objects.create(
        document=legal.document,
        kind=kind,
        acts_from=acts_from,
        note=note,
        position=legal.document.links.count(),
        **facts,
    )
    data = {"kind": kind, "text": link.text}
    words = f"{queries.relation_label(kind)}: {link.text}"
    history.record(legal, "legal_document.relate", by=by, note=words, data=data)
    return link


def _named_in(text: str, *, seen_by: User) -> dict[str, Any]:
    text = " ".join(text.split())
    cited = find_references(text)[:1]
    known = queries.resolve(cited, queries.legal_documents_visible_to(seen_by)) if cited else []
    return {
        "text": text,
        "number": cited[0].number[:80] if cited else "",
        "issued_on": cited[0].issued_on if cited else None,
        "other": known[0].document if known and known[0] else None,
    }


@transaction.atomic
def change_relation(
    link: DocumentLink, *, kind: str, text: str, acts_from: date | None, note: str, by: User
) -> None:
    legal = link.document.legal
    require(by, "documents.keep_legal", legal)
    before = f"{queries.relation_label(link.kind)}: {link.text}"
    facts = _named_in(text, seen_by=by) if text != link.text else {}
    for name, value in {"kind": kind, "acts_from": acts_from, "note": note, **facts}.items():
        setattr(link, name, value)
    link.save()
    after = f"{queries.relation_label(kind)}: {link.text}"
    if acts_from:
        after += f" ({format_date(acts_from)})"
    history.record(legal, "legal_document.change_relation", by=by, note=f"{before} → {after}")


@transaction.atomic
def remove_relation(link: DocumentLink, *, note: str, by: User) -> None:
    legal = link.document.legal
    require(by, "documents.keep_legal", legal)
    words = f"{queries.relation_label(link.kind)}: {link.text}"
    link.delete()
    history.record(legal, "legal_document.remove_relation", by=by, note=f"{words}\n{note}")


def _find_others(legal: LegalDocument, *, by: User) -> None:
    """A paper that was in the register names documents that may have come there since."""
    for link in legal.document.links.filter(other__isnull=True):
        other = _named_in(link.text, seen_by=by)["other"]
        if other is not None and other.pk != legal.document_id:
            DocumentLink.objects.filter(pk=link.pk).update(other=other)


def answer_waiting_links(legal: LegalDocument) -> int:
    """Links that named this document before it was registered point to it from now on."""
    printed = legal.document.printed_number
    if not printed:
        return 0
    spellings = {printed, printed.lstrip("0"), f"0{printed}", number_key(printed)}
    rows = DocumentLink.objects.filter(other__isnull=True, number__in=spellings)
    day = legal.document.issued_on
    rows = rows.filter(Q(issued_on=day) | Q(issued_on__isnull=True)) if day else rows
    if legal.number_key.endswith(("-ubnd", "-hdnd")) or legal.number_key.count("/") < 2:
        rows = rows.filter(issued_on=day)  # every body gives such a number, every year
    return rows.exclude(document=legal.document_id).update(other=legal.document)


def _have_text_read(legal: LegalDocument) -> None:
    if legal.document.file:
        later("loa.documents.jobs.read_legal_text", legal.pk)


def read_legal_text(legal: LegalDocument) -> bool:
    """Keep the text of the file for search and the public page; False where none can be read from it."""
    document = legal.document
    try:
        with tempfile.NamedTemporaryFile(suffix=Path(document.file_name).suffix) as local:
            with document.file.open("rb") as stored:
                local.write(stored.read())
            local.flush()
            text = read_bounded(local.name)["text"]
    except UnreadableDocumentError as error:
        history.record(legal, "legal_document.unread", by=None, actor="import", note=str(error))
        return False
    row = LegalDocument.objects.select_related("document").get(pk=legal.pk)
    if row.text != text:
        row.text = text
        row.save(update_fields=["text", "search_text"])
    return True
