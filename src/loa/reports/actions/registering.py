"""The register of outgoing documents, as reports use it."""

from __future__ import annotations

from datetime import date

from loa.core import clock
from loa.core.numbering import next_number
from loa.documents.models import Document
from loa.reports.models import Consolidation
from loa.reports.queries.gathering import symbol_of


def register_report(consolidation: Consolidation, *, issued_on: date) -> Document:
    """Give the report its number. Numbers run per agency, year and kind of document."""
    report_round = consolidation.round
    agency, wording = report_round.plan.coordinator, report_round.template.wording
    number = next_number(f"agency:{agency.code}:{issued_on.year}:{wording['abbreviation']}")
    symbol = symbol_of(agency, wording)
    signature = consolidation.signature
    return Document.objects.create(
        direction=Document.Direction.OUT,
        kind=wording["kind"],
        number=number,
        symbol=symbol,
        printed_number=f"{number:02d}/{symbol}",
        issuer=agency,
        issuer_name=agency.name,
        place=agency.place,
        issued_on=issued_on,
        subject=report_round.title,
        signer_name=signature["name"],
        signer_title=signature["title"],
        signer_authority=" / ".join(signature["authority"]),
        recipients=list(wording["recipients"]),
        created_at=clock.now(),
    )
