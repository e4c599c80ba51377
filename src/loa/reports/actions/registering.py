"""The register of outgoing documents, as reports use it."""

from __future__ import annotations

from datetime import date

from loa.directory.models import Agency, User
from loa.documents.actions import register_outgoing
from loa.documents.models import Document
from loa.reports.models import Consolidation
from loa.reports.queries.gathering import symbol_of


def register_report(consolidation: Consolidation, *, issued_on: date, by: User) -> Document:
    """Give the report its number; every body that was asked may read it in the register."""
    report_round = consolidation.round
    plan, wording, signature = report_round.plan, report_round.template.wording, consolidation.signature
    asked = set(report_round.reports.values_list("agency", flat=True))
    return register_outgoing(
        issuer=plan.coordinator,
        kind=wording["kind"],
        symbol=symbol_of(plan.coordinator, wording),
        subject=report_round.title,
        issued_on=issued_on,
        readers=Agency.objects.filter(pk__in=asked | {plan.issuer_id, plan.accepting_office_id}),
        by=by,
        place=plan.coordinator.place,
        signer_name=signature["name"],
        signer_title=signature["title"],
        signer_authority=" / ".join(signature["authority"]),
        recipients=[
            line.format(office=plan.accepting_office.name, agency=plan.coordinator.name)
            for line in wording["recipients"]
        ],
    )
