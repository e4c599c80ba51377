"""What a sheet of legal documents would change: a row is known by its number, issuer and date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.access import permits
from loa.core.previews import FieldChange, Preview, RowChange, Values
from loa.core.sheets import RowError, SheetRow, SheetShape, read_day
from loa.core.text import fold
from loa.documents.models import Document, DocumentLink, LegalDocument
from officialdoc.read.references import number_key, title_key

Kind = DocumentLink.Kind
RELATION_KINDS = (
    Kind.AMENDS.value,
    Kind.REPLACES.value,
    Kind.ABOLISHES.value,
    Kind.PARTLY_ABOLISHES.value,
    Kind.GUIDES.value,
)
LEGAL_KINDS = (
    "LUẬT",
    "BỘ LUẬT",
    "PHÁP LỆNH",
    "NGHỊ QUYẾT",
    "NGHỊ ĐỊNH",
    "QUYẾT ĐỊNH",
    "CHỈ THỊ",
    "THÔNG TƯ",
    "THÔNG TƯ LIÊN TỊCH",
    "KẾ HOẠCH",
    "CHƯƠNG TRÌNH",
    "KẾT LUẬN",
    "HƯỚNG DẪN",
    "CÔNG ĐIỆN",
    "CÔNG VĂN",
    "THÔNG BÁO",
    "QUY ĐỊNH",
    "QUY CHẾ",
)
LEGAL_KIND_CHOICES = [(kind, kind.capitalize()) for kind in LEGAL_KINDS]
LEGAL_COLUMNS: dict[str, Any] = {
    "kind": gettext_lazy("Kind"),
    "printed_number": gettext_lazy("Number and symbol"),
    "issued_on": gettext_lazy("Issued on"),
    "issuer_name": gettext_lazy("Issued by"),
    "subject": gettext_lazy("Subject"),
    "field": gettext_lazy("Field of law"),
    "effective_from": gettext_lazy("In force from"),
    "effective_to": gettext_lazy("In force to"),
    "is_checked": gettext_lazy("Verified"),
    "note": gettext_lazy("Note"),
    "signer_name": gettext_lazy("Signed by"),
    "signer_title": gettext_lazy("Office of the signer"),
    **{kind: Kind(kind).label for kind in RELATION_KINDS},
}
LEGAL_SHAPE = SheetShape(
    LEGAL_COLUMNS,
    required=("kind", "issued_on", "subject", "issuer_name"),
    other_words={
        "kind": ("Loại văn bản", "Tên loại"),
        "printed_number": ("Số, ký hiệu", "Số ký hiệu", "Số hiệu"),
        "issued_on": ("Ngày ban hành", "Ngày văn bản"),
        "issuer_name": ("Cơ quan ban hành",),
        "subject": ("Trích yếu", "Trích yếu nội dung"),
        "field": ("Lĩnh vực",),
        "effective_from": ("Ngày có hiệu lực", "Ngày hiệu lực"),
        "effective_to": ("Ngày hết hiệu lực",),
    },
    heading_within=10,
)
_DAYS = ("issued_on", "effective_from", "effective_to")
_ON_DOCUMENT = (
    "kind",
    "printed_number",
    "issued_on",
    "issuer_name",
    "subject",
    "signer_name",
    "signer_title",
)
_YES = ("yes", "co", "x", "1", "da kiem tra", "da doi chieu")


def preview_legal(rows: Iterable[SheetRow], *, by: Any) -> Preview:
    """New rows become drafts of the own agency; known ones are corrected where they may be. Nothing is removed."""
    reader = _Reader(by)
    found = Preview()
    for row in rows:
        try:
            change = reader.read(row)
        except ValidationError as error:
            name = row.cells.get("printed_number", "") or row.cells.get("subject", "")[:60]
            found.errors.append(RowError(row.number, name, " ".join(error.messages)))
            continue
        if change.obj is None:
            found.added.append(change)
        elif change.changes:
            found.changed.append(change)
        else:
            found.unchanged_count += 1
    return found


class _Reader:
    """Turns cells into the values of a document. Two queries for a sheet."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.known: dict[tuple[str, str, date | None], LegalDocument] = {}
        self.related: dict[int, set[tuple[str, str]]] = {}
        rows = LegalDocument.objects.select_related("document", "keeper").defer("text", "search_text")
        for legal in rows:
            document = legal.document
            key = legal.number_key or legal.title_key, fold(document.issuer_name), document.issued_on
            self.known[key] = legal
        for document_id, kind, text in DocumentLink.objects.filter(
            document__legal__isnull=False, kind__in=RELATION_KINDS
        ).values_list("document_id", "kind", "text"):
            self.related.setdefault(document_id, set()).add((kind, text))
        self.seen: dict[Any, int] = {}

    def read(self, row: SheetRow) -> RowChange:
        values = self._values(row.cells)
        number = number_key(values.get("printed_number", ""))
        key = number or title_key(values["subject"]), fold(values["issuer_name"]), values["issued_on"]
        if key in self.seen:
            raise ValidationError(_("The document occurs before, in row %(n)d.") % {"n": self.seen[key]})
        self.seen[key] = row.number
        first, last = values.get("effective_from"), values.get("effective_to")
        if first and last and last < first:
            raise ValidationError(_("It ends before it begins."))
        label = f"{values['kind']} {values.get('printed_number', '')}".strip()
        legal = self.known.get(key)
        if legal is not None and not permits(self.by, "documents.keep_legal", legal):
            raise ValidationError(_("Another body keeps this document: you cannot change it."))
        changes = tuple(self._differences(legal, values)) if legal else ()
        return RowChange(row.number, label, values, legal, changes)

    def _values(self, cells: dict[str, str]) -> Values:
        values: Values = {}
        wrong: list[str] = []
        for key, cell in cells.items():
            try:
                values[key] = _value(key, cell)
            except ValidationError as error:
                wrong += [f"{LEGAL_COLUMNS[key]}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return values

    def _differences(self, legal: LegalDocument, values: Values) -> Iterator[FieldChange]:
        for key, new in values.items():
            if key in RELATION_KINDS:
                known = self.related.get(legal.document_id, set())
                lines = [line for line in new if (key, line) not in known]
                if lines:
                    yield FieldChange(key, str(LEGAL_COLUMNS[key]), "", "; ".join(lines))
                continue
            if key in _ON_DOCUMENT and not legal.owns_document:
                continue
            old = getattr(legal.document if key in _ON_DOCUMENT else legal, key)
            if old != new and not (key == "kind" and fold(old) == fold(new)):
                yield FieldChange(key, str(LEGAL_COLUMNS[key]), old, new)


def _value(key: str, cell: str) -> Any:
    if key in RELATION_KINDS:
        return [line for line in (" ".join(part.split()) for part in cell.split(";")) if line]
    if key == "is_checked":
        return fold(cell) in _YES
    if key in _DAYS:
        return _day(cell, is_required=key == "issued_on")
    model: Any = Document if key in _ON_DOCUMENT else LegalDocument
    return model._meta.get_field(key).clean(cell.upper() if key == "kind" else cell, None)  # noqa: SLF001


def _day(cell: str, *, is_required: bool) -> date | None:
    day = read_day(cell) if cell else None
    if day is None and (cell or is_required):
        raise ValidationError(_("“%(cell)s” is not a date such as 31/12/2025.") % {"cell": cell})
    return day


def exported_legal(rows: QuerySet[LegalDocument]) -> Iterator[list[Any]]:
    """In the form that can be handed in again. Two queries."""
    rows = rows.prefetch_related("document__links")
    for legal in rows:
        document = legal.document
        links: dict[str, list[str]] = {}
        for link in document.links.all():
            links.setdefault(link.kind, []).append(link.text)
        cells = [_cell(legal, key) for key in LEGAL_COLUMNS if key not in RELATION_KINDS]
        yield [*cells, *("; ".join(links.get(kind, [])) for kind in RELATION_KINDS)]


def _cell(legal: LegalDocument, key: str) -> Any:
    if key == "is_checked":
        return _("Yes") if legal.is_checked else _("No")
    return getattr(legal.document if key in _ON_DOCUMENT else legal, key)
