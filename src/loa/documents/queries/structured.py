"""A legal document as schema.org describes legislation, for search engines and other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loa.documents.models import DocumentLink, LegalDocument
from loa.documents.queries.legal import Relation, StatusOn

Kind = DocumentLink.Kind
FORCE = {
    "in_force": "https://schema.org/InForce",
    "partly": "https://schema.org/PartiallyInForce",
    "ended": "https://schema.org/NotInForce",
    "not_yet": "https://schema.org/NotInForce",
}
_CHANGES = (Kind.AMENDS, Kind.REPLACES, Kind.ABOLISHES, Kind.PARTLY_ABOLISHES)


def legislation_data(
    legal: LegalDocument,
    status: StatusOn,
    incoming: Iterable[Relation],
    outgoing: Iterable[Relation],
    *,
    site: str,
) -> dict[str, Any]:
    """JSON-LD; what is not known is left out."""
    document = legal.document
    data = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": site + legal.public_url,
        "url": site + legal.public_url,
        "name": legal.name,
        "description": document.subject,
        "inLanguage": "vi",
        "legislationIdentifier": document.printed_number,
        "legislationType": document.kind.capitalize(),
        "legislationDate": document.issued_on.isoformat() if document.issued_on else "",
        "legislationDateVersion": legal.effective_from.isoformat() if legal.effective_from else "",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer_name}
        if document.issuer_name
        else "",
        "legislationLegalForce": FORCE[status.code],
        "legislationChanges": _addresses(outgoing, _CHANGES, site),
        "about": legal.field,
        "isBasedOn": _addresses(outgoing, (Kind.BASIS,), site),
        "subjectOf": _addresses(incoming, _CHANGES, site),
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": f"{site}{legal.public_url}tep/",
            "name": document.file_name,
        }
        if document.file
        else "",
    }
    return {key: value for key, value in data.items() if value}


def _addresses(relations: Iterable[Relation], kinds: Iterable[str], site: str) -> list[str]:
    return [site + each.url for each in relations if each.kind in kinds and each.url]
