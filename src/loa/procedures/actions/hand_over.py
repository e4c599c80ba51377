"""Procedures pass to the body that follows; what was published stays as it was published."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from loa.core import history
from loa.core.handover import Moved
from loa.directory.models import Agency, User
from loa.procedures.models import CommunicationProposal, Procedure


def hand_over_procedures(
    predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User | None
) -> list[Moved]:
    """Every procedure of a body, and what it proposed and nobody has decided."""
    data = {"from_agency": predecessor.code, "to_agency": successor.code, "on": on.isoformat()}
    note = f"{predecessor.name} → {successor.name}. {decision}"
    found = []
    for procedure in Procedure.objects.filter(agency=predecessor).select_related("field", "current"):
        procedure.agency = successor
        procedure.fill_search(procedure.current.keywords if procedure.current else "")
        Procedure.objects.filter(pk=procedure.pk).update(agency=successor, search_text=procedure.search_text)
        history.record(
            procedure, "procedure.hand_over", by=by, actor="" if by else "clock", note=note, data=data
        )
        found.append(Moved(_("Procedure"), str(procedure), procedure.staff_url))
    CommunicationProposal.objects.filter(agency=predecessor, state="proposed").update(agency=successor)
    return found
