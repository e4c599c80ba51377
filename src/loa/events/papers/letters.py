"""The conclusion and the minutes as official documents, and certificates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils import timezone

from loa.events.models import Certificate, Event, EventPaper
from loa.events.queries.papers import (
    HeadFacts,
    day_words,
    filled,
    kind_words,
    receivers_of,
    signature_for,
    subject_of,
    symbol_of,
    words,
)
from officialdoc.write.certificate import Certificates, Holder
from officialdoc.write.model import Block, Bullet, Heading, OutgoingDocument, Signature, Text

_HEADING = re.compile(r"^([IVX]{1,4}|\d{1,2})\.\s+(\S.{0,200})$")


def event_paper(paper: EventPaper, head: HeadFacts, *, present: int) -> OutgoingDocument:
    event = paper.event
    own = words()[paper.kind]
    signature = signature_for(paper)
    body: list[Block] = [Text(filled(own["opening"], event, head, present=present)), *blocks_of(paper.text)]
    if own["closing"]:
        body.append(Text(filled(own["closing"], event, head)))
    document = paper.document
    return OutgoingDocument(
        kind=own["kind"],
        title=subject_of(paper, head),
        agency=head.agency,
        parent_agency=head.parent_agency,
        symbol=document.symbol if document else symbol_of(paper, head),
        number=document.number if document else None,
        on=document.issued_on if document else None,
        place=head.place,
        signature=Signature(signature["title"], tuple(signature["authority"]), signature.get("name") or None),
        body=tuple(body),
        recipients=tuple(receivers_of(paper, event)),
        draft=document is None,
    )


def blocks_of(text: str) -> Iterator[Block]:
    """Lines as they were typed: "I. …" and "1. …" are headings, a dash begins an item, the rest are paragraphs."""
    for raw in text.splitlines():
        line = raw.strip()
        found = _HEADING.match(line)
        if not line:
            continue
        if found and not line.endswith((".", ";", ":")):
            yield Heading(2 if found[1].isdecimal() else 1, f"{found[1]}.", found[2])
        elif line[0] in "-–+" and line[1:].strip():
            yield Bullet(line[1:].strip())
        else:
            yield Text(line)


def certificates_sheet(
    event: Event, head: HeadFacts, rows: Iterable[Certificate], signature: dict[str, object]
) -> Certificates:
    """One page for each person, all with one signature."""
    own = words()["certificate"]
    first, last = day_words(event.starts_at), day_words(event.ends_at)
    same = timezone.localdate(event.starts_at) == timezone.localdate(event.ends_at)
    days = own["one_day"].format(day=first) if same else own["days"].format(day=first, last=last)
    return Certificates(
        agency=head.agency,
        parent_agency=head.parent_agency or "",
        heading=own["heading"],
        certifies=own["certifies"],
        took_part=own["took_part"].format(event_kind=kind_words(event)),
        title=event.title,
        when=filled(own["when"], event, head, days=days),
        place=head.place,
        signer_title=str(signature["title"]),
        signer_authority=tuple(signature["authority"]),  # type: ignore[arg-type]
        signer_name=str(signature.get("name") or ""),
        holders=tuple(
            Holder(
                name=row.name,
                call=own["mr"],
                title=row.registration.title,
                organisation=row.registration.organisation,
                number=own["number"].format(number=row.printed_number),
                on=row.issued_on,
            )
            for row in rows
        ),
    )
