"""Who sees what of the register. A document is seen by its issuer and by the bodies it was sent to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from loa.directory.models import Agency
from loa.documents.models import Document, DocumentLink, Proposal, Reading

LEASE = timedelta(minutes=2)  # well above the seconds a reading may take
# An administrator keeps the directory and reads no papers; every other role reads what its agency reads.
READING_ROLES = ("officer", "focal_point", "head", "clerk", "leader")


def documents_visible_to(user: Any) -> QuerySet[Document]:
    """What the agency issued or was sent; a committee's office also sees what its committee issued."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*READING_ROLES):
        return Document.objects.none()
    issuers = [hat.agency.pk]
    if hat.agency.kind == Agency.Kind.OFFICE and hat.agency.parent_id:
        issuers.append(hat.agency.parent_id)
    sent_here = Document.readers.through.objects.filter(document=OuterRef("pk"), agency=hat.agency)
    return Document.objects.filter(Q(issuer__in=issuers) | Q(Exists(sent_here)))


def links_of(document: Document, user: Any) -> QuerySet[DocumentLink]:
    """What a document rests on; the other document is given only where this person may see it."""
    others = Document.objects.filter(pk__in=documents_visible_to(user))
    return document.links.prefetch_related(Prefetch("other", others, to_attr="seen"))


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
