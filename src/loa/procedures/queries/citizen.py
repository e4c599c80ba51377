"""A version as a citizen's page and as a machine read it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from loa.procedures.models import ProcedureVersion
from loa.procedures.queries.content import copies_in_words

Json = dict[str, Any]


def papers_by_case(version: ProcedureVersion) -> list[tuple[str, list[Json]]]:
    """Papers grouped by the case they are for, each with its copies in words."""
    rows = [{**row, "count": copies_in_words(row)} for row in version.papers]
    return [(case, list(group)) for case, group in groupby(rows, key=lambda row: row.get("case", ""))]


def government_service(version: ProcedureVersion, *, url: str) -> Json:
    """schema.org GovernmentService."""
    procedure = version.procedure
    service: Json = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": version.name,
        "identifier": procedure.code,
        "url": url,
        "serviceType": procedure.field.name,
        "provider": {"@type": "GovernmentOrganization", "name": procedure.agency.name},
        "areaServed": {
            "@type": "AdministrativeArea",
            "name": procedure.agency.place or procedure.agency.name,
        },
    }
    if version.audience:
        service["audience"] = {"@type": "Audience", "audienceType": " ".join(version.audience.split())}
    if version.result:
        service["serviceOutput"] = {"@type": "Thing", "name": " ".join(version.result.split())}
    if version.ways:
        service["offers"] = [
            {"@type": "Offer", "name": str(row["label"]), "description": row["fee"]}
            for row in version.ways_in_words
            if row.get("fee")
        ]
    if not procedure.is_in_force:
        service["termsOfService"] = str(version.get_change_display())
    return service
