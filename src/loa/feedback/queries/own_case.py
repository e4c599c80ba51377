"""What the asker reads on the page of an own case. A fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from loa.core import clock
from loa.core.history import entries_of
from loa.directory.models import in_force
from loa.feedback.models import Case, CaseFile, IdentityAccess, RefusalGround
from loa.feedback.states import ANSWERED_STATES


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody looked at who asks: for which agency, in which role, when and what for; not by what name."""

    agency: str
    role: str
    at: Any
    purpose: str


def answer_of(case: Case) -> Case | None:
    """The case whose answer this asker reads: the own one, the common one, or none yet."""
    main = case.merged_into or case
    return main if main.state in ANSWERED_STATES and main.answer else None


def files_for_asker(case: Case) -> list[CaseFile]:
    """What came with the case, and what was sent with its answer."""
    main = answer_of(case)
    rows = Q(case=case, is_of_answer=False)
    if main is not None:
        rows |= Q(case=main, is_of_answer=True)
    return list(CaseFile.objects.filter(rows))


def words_at_end(case: Case) -> str:
    """What was written to the asker when the case was refused or guided."""
    if case.state not in ("refused", "guided"):
        return ""
    step = {"refused": "case.refuse", "guided": "case.guide"}[case.state]
    entry = entries_of([case]).filter(action=step).first()
    return entry.note if entry else ""


def ground_of(case: Case) -> RefusalGround | None:
    """The lawful ground a case was refused on, as it stood that day."""
    if not case.ground:
        return None
    day: date = clock.day_of(case.ended_at) if case.ended_at else date.max
    rows = RefusalGround.objects.filter(code=case.ground)
    return rows.filter(in_force(day)).first() or rows.last()


def accesses_to_identity(case: Case) -> list[Access]:
    rows = IdentityAccess.objects.filter(case=case).select_related("agency", "by")
    rows = rows.prefetch_related("by__memberships")
    return [Access(str(row.agency), _role(row), row.at, row.purpose) for row in rows]


def _role(row: IdentityAccess) -> str:
    roles = {
        str(member.get_role_display())
        for member in row.by.memberships.all()
        if member.agency_id == row.agency_id and member.valid_from <= clock.day_of(row.at)
    }
    return ", ".join(sorted(roles))
