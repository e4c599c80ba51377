"""Who sees what of the register. A document is seen by its issuer and by the bodies it was sent to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from loa.directory.models import Agency
from loa.directory.queries import itself_and_predecessors
from loa.documents.models import Document, DocumentLink, Proposal, Reading

LEASE = timedelta(minutes=2)  # well above the seconds a reading may take
# An administrator keeps the directory and reads no papers but decisions on bodies; every other role reads what its agency reads.
READING_ROLES = ("officer", "focal_point", "head", "clerk", "leader")


def documents_visible_to(user: Any) -> QuerySet[Document]:
    """What the agency issued or was sent; a committee's office also sees what its committee issued."""
    hat = getattr(user, "hat", None)
    if hat is None:
        return Document.objects.none()
    seen = Q(decides__isnull=False) if hat.holds("administrator") else Q(pk__in=[])
    if hat.holds(*READING_ROLES):
        own = itself_and_predecessors(hat.agency)
        sent_here = Document.readers.through.objects.filter(document=OuterRef("pk"), agency__in=own)
        seen |= Q(issuer__in=own) | Q(Exists(sent_here))
        if hat.agency.kind == Agency.Kind.OFFICE and hat.agency.parent_id:
            seen |= Q(issuer=hat.agency.parent_id)
    return Document.objects.filter(seen)


def links_of(document: Document, user: Any) -> QuerySet[DocumentLink]:
    """What a document rests on; the other document is given only where this person may see it."""
    others = Document.objects.filter(pk__in=documents_visible_to(user))
    return document.links.prefetch_related(Prefetch("other", others, to_attr="seen"))


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A document's text in reading order, cut around one place of it."""

    before: str
    marked: str = ""
    after: str = ""


def has_text(document: Document) -> bool:
    return Reading.objects.filter(document=document).exclude(text="").exists()


def marked_text(document: Document, place: str) -> MarkedText | None:
    """The text that was read from the file, its place "120-340" marked; None where nothing was read.

    A place that does not lie in the text marks nothing.
    """
    text = Reading.objects.filter(document=document).values_list("text", flat=True).first()
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", place)
    start, end = map(int, found.groups()) if found else (0, 0)
    if not start < end <= len(text):
        return MarkedText(text)
    return MarkedText(text[:start], text[start:end], text[end:])


def place_url(document: Document, user: Any, source: dict[str, Any]) -> str:
    """The page of the document, open at a place of its text; "" where this person or the text has no such page."""
    start, end = source.get("start"), source.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        return ""
    if not documents_visible_to(user).filter(pk=document.pk).exists() or not has_text(document):
        return ""
    return f"{document.get_absolute_url()}?place={start}-{end}#place"


def readings_visible_to(user: Any) -> QuerySet[Reading]:
    """A reading is seen in the agency that imports, by who works on it there."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds("focal_point", "head"):
        return Reading.objects.none()
    return Reading.objects.filter(agency=hat.agency)


def proposals_visible_to(user: Any) -> QuerySet[Proposal]:
    return Proposal.objects.filter(reading__in=readings_visible_to(user))


def unread_readings(now: datetime) -> QuerySet[Reading]:
    """Files that wait to be read, one included that a killed worker left half read."""
    waiting = Q(state="queued", created_at__lte=now - LEASE)
    left = Q(state="reading") & (Q(began_at__lte=now - LEASE) | Q(began_at__isnull=True))
    return Reading.objects.filter(waiting | left).order_by("created_at")
