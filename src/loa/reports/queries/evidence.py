"""What agencies did in a round's data window: notes and deliverables, by the work they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from loa.plans.models import Deliverable, ProgressNote
from loa.reports.models import AgencyReport, ReportLine, ReportRound

WorkKey = tuple[str, int]  # ("assignment", pk) or ("duty", pk)


@dataclass(slots=True)
class Evidence:
    """Oldest first."""

    notes: list[ProgressNote] = field(default_factory=list)
    deliverables: list[Deliverable] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.notes or self.deliverables)


def work_key(row: ProgressNote | Deliverable | ReportLine) -> WorkKey:
    if row.assignment_id is not None:
        return ("assignment", row.assignment_id)
    return ("duty", row.duty_assignment_id or 0)


def evidence_of(report_round: ReportRound, agency_ids: Iterable[int]) -> dict[WorkKey, Evidence]:
    """The window's notes and deliverables of some agencies, by work. Two queries, whatever the number."""
    agencies = list(agency_ids)
    plan = report_round.plan_id
    ours = Q(assignment__plan=plan, assignment__agency__in=agencies) | Q(
        duty_assignment__plan=plan, duty_assignment__agency__in=agencies
    )
    window = Q(on__gte=report_round.data_from, on__lte=report_round.data_to)
    found: defaultdict[WorkKey, Evidence] = defaultdict(Evidence)
    for note in ProgressNote.objects.filter(ours, window).order_by("on", "pk"):
        found[work_key(note)].notes.append(note)
    deliverables = Deliverable.objects.filter(ours, window, withdrawn_at__isnull=True).order_by("on", "pk")
    for deliverable in deliverables:
        found[work_key(deliverable)].deliverables.append(deliverable)
    return dict(found)


def evidence_of_report(report: AgencyReport) -> dict[WorkKey, Evidence]:
    return evidence_of(report.round, [report.agency_id])
