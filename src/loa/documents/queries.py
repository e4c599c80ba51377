"""Who sees what of the register. A document is seen by its issuer and by the bodies it was sent to."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.documents.models import Document, Proposal, Reading


def documents_visible_to(user: Any) -> QuerySet[Document]:
    if user.hat is None:
        return Document.objects.none()
    sent_here = Document.readers.through.objects.filter(document=OuterRef("pk"), agency=user.hat.agency)
    return Document.objects.filter(Q(issuer=user.hat.agency) | Q(Exists(sent_here)))


def readings_visible_to(user: Any) -> QuerySet[Reading]:
    """A reading is seen in the agency that imports, by who works on it there."""
    if user.hat is None or not user.hat.holds("focal_point", "head"):
        return Reading.objects.none()
    return Reading.objects.filter(agency=user.hat.agency)


def proposals_visible_to(user: Any) -> QuerySet[Proposal]:
    return Proposal.objects.filter(reading__in=readings_visible_to(user))


def unread_readings() -> QuerySet[Reading]:
    """Files that wait to be read, one left in reading by a killed worker included."""
    return Reading.objects.filter(state__in=("queued", "reading")).order_by("created_at")
