"""The conclusion and the minutes as official documents, and certificates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from loa.core import clock
from loa.events.models import Certificate, Event, EventPaper
from loa.events.queries.papers import (
    Attended,
    HeadFacts,
    day_words,
    filled,
    kind_words,
    moment_words,
    place_words,
    receivers_of,
    signature_for,
    subject_of,
    symbol_of,
    words,
)
from officialdoc.write.certificate import Certificates, Holder
from officialdoc.write.model import Block, Bullet, Heading, OutgoingDocument, Signature, Text

_HEADING = re.compile(r"^([IVX]{1,4}|\d{1,2})\.\s+(\S.{0,200})$")


def event_paper(paper: EventPaper, head: HeadFacts, who: Attended) -> OutgoingDocument:
    event = paper.event
    own = words()[paper.kind]
    is_minutes = paper.kind == EventPaper.Kind.MINUTES
    signature = signature_for(paper)
    body = minutes_body(paper, head, who) if is_minutes else conclusion_body(paper, head)
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
        signature=signer_of(paper, signature),
        secretary=Signature(own["signs_secretary"], name=who.secretary or None) if is_minutes else None,
        body=tuple(body),
        recipients=tuple(receivers_of(paper, event)),
        draft=document is None,
    )


def conclusion_body(paper: EventPaper, head: HeadFacts) -> list[Block]:
    own, event = words()[paper.kind], paper.event
    opening, closing = Text(filled(own["opening"], event, head)), Text(filled(own["closing"], event, head))
    return [opening, *blocks_of(paper.text), closing]


def minutes_body(paper: EventPaper, head: HeadFacts, who: Attended) -> list[Block]:
    """When, where, who, then what was said: the order of the decree's form of minutes. What is not known is left out."""
    own, event = words()[paper.kind], paper.event
    began, ended = event.began_at or event.starts_at, event.ended_at
    people = [*who.bodies, *([own["present"].format(present=who.present)] if who.present else [])]
    facts = [
        own["began"].format(moment=moment_words(began)),
        own["place"].format(place=place_words(event)) if place_words(event) else "",
        own["took_part"].format(who="; ".join(people)) if people else "",
        own["chair"].format(chair=who.chair) if who.chair else "",
        own["secretary"].format(secretary=who.secretary) if who.secretary else "",
        own["content"],
    ]
    closing = [filled(own["ended"], event, head, moment=moment_words(ended))] if ended else []
    return [*(Text(line) for line in facts if line), *blocks_of(paper.text), *map(Text, closing)]


def signer_of(paper: EventPaper, signature: dict[str, Any]) -> Signature:
    """Minutes are signed by the chair as such where the organiser's own head chairs."""
    name = signature.get("name") or None
    if paper.kind == EventPaper.Kind.MINUTES and paper.event.chair_id in (None, paper.event.agency_id):
        return Signature(words()[paper.kind]["signs_chair"], name=name)
    return Signature(signature["title"], tuple(signature["authority"]), name)


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
    same = clock.day_of(event.starts_at) == clock.day_of(event.ends_at)
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
