"""The legal texts that come with the program; what an installation has entered or corrected stays as it is."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources
from typing import Any

from django.db import transaction

from loa.core import clock
from loa.documents.actions.legal import answer_waiting_links
from loa.documents.models import Document, DocumentLink, LegalDocument
from officialdoc.read.references import find_references, number_key

Row = dict[str, Any]
CHECKED = "V"  # the mark of what was read in a published text; "K+" is known, not yet compared


@transaction.atomic
def load_legal_documents() -> int:
    """Add the documents that ship and are not there yet, public at once. Returns how many.

    A document that somebody has entered with the same number and date is left alone; so is one that was loaded
    before, whatever has become of it.
    """
    rows = _shipped()
    loaded = set(
        LegalDocument.objects.filter(shipped_code__isnull=False).values_list("shipped_code", flat=True)
    )
    missing = [row for row in rows if row["code"] not in loaded]
    if not missing:
        return 0
    known = {
        (number, day): pk
        for number, day, pk in LegalDocument.objects.exclude(number_key="").values_list(
            "number_key", "document__issued_on", "document_id"
        )
    }
    added = [
        _add(row)
        for row in missing
        if (number_key(row["number"]), _day(row["issued_on"])) not in known or not row["number"]
    ]
    _link({row["code"]: row for row in rows}, added)
    for legal in added:
        answer_waiting_links(legal)
    return len(added)


def _shipped() -> list[Row]:
    text = resources.files("loa.documents").joinpath("data/legal_documents.json").read_text(encoding="utf-8")
    rows: list[Row] = json.loads(text)
    return rows


def _add(row: Row) -> LegalDocument:
    number, _slash, symbol = row["number"].partition("/")
    document = Document.objects.create(
        direction=Document.Direction.IN,
        kind=row["kind"],
        number=int(number) if number.isdecimal() else None,
        symbol=symbol[:60],
        printed_number=row["number"],
        issuer_name=row["issuer"],
        issued_on=_day(row["issued_on"]),
        subject=row["subject"],
        created_at=clock.now(),
    )
    return LegalDocument.objects.create(
        document=document,
        state="published",
        shipped_code=row["code"],
        field=row["field"],
        effective_from=_day(row.get("effective_from")),
        effective_to=_day(row.get("effective_to")),
        is_checked=row["mark"] == CHECKED,
        note=row.get("note", ""),
        created_at=clock.now(),
    )


def _link(rows: dict[str, Row], added: list[LegalDocument]) -> None:
    """The relations of what was added; a document of the same number stands for its row however it came."""
    wanted = {number_key(each["to"]) for row in rows.values() for each in row.get("links", ())}
    there = {
        legal.number_key: legal
        for legal in LegalDocument.objects.filter(number_key__in=wanted).select_related("document")
    }
    links = []
    for legal in added:
        for position, each in enumerate(rows[legal.shipped_code or ""].get("links", ())):
            other = there.get(number_key(each["to"]))
            links.append(
                DocumentLink(
                    document=legal.document,
                    kind=each["kind"],
                    text=_named(each, other),
                    number=each["to"],
                    issued_on=other.document.issued_on if other else None,
                    other=other.document if other else None,
                    acts_from=_day(each.get("from")),
                    note=each.get("note", ""),
                    position=position,
                )
            )
    DocumentLink.objects.bulk_create(links)


def _named(link: Row, other: LegalDocument | None) -> str:
    if other is not None:
        return other.name
    cited = find_references(link["to"])
    kind = cited[0].kind if cited else ""
    return f"{kind.capitalize()} {link['to']}".strip()


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None
