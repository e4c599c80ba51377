"""What agencies did in a round's data window: notes and deliverables, by the work they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from loa.core.text import fold
from loa.plans.models import Deliverable, ProgressNote, Target
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


@dataclass(frozen=True, slots=True)
class TargetCount:
    """How far a target is at the end of the window: `deliverables` counted for it, or as entered."""

    target: Target
    deliverables: tuple[Deliverable, ...] = ()

    @property
    def counted(self) -> Decimal:
        if not self.target.counts_itself:
            return self.target.entered_quantity
        return sum((row.quantity for row in self.deliverables), start=Decimal())

    @property
    def is_reached(self) -> bool:
        return self.counted >= self.target.quantity


def target_counts(report_round: ReportRound) -> dict[int, list[TargetCount]]:
    """Targets of the plan's tasks as they stood at the window's end, by task. Two queries.

    The same count as `plans.queries.target_counts`, cut at a day.
    """
    produced: defaultdict[int, list[Deliverable]] = defaultdict(list)
    rows = Deliverable.objects.filter(
        assignment__plan=report_round.plan_id,
        assignment__task__targets__isnull=False,
        on__lte=report_round.data_to,
        withdrawn_at__isnull=True,
        is_counted=True,
    )
    for row in rows.select_related("assignment", "agency").distinct().order_by("on", "pk"):
        if row.assignment is not None:
            produced[row.assignment.task_id].append(row)
    counts: defaultdict[int, list[TargetCount]] = defaultdict(list)
    for target in Target.objects.filter(task__plan=report_round.plan_id).order_by("task", "pk"):
        fitting = [row for row in produced[target.task_id] if _fits(row, target)]
        counts[target.task_id].append(TargetCount(target, tuple(fitting)))
    return dict(counts)


def _fits(row: Deliverable, target: Target) -> bool:
    """A deliverable counts where its unit is the target's, or where one of them names none."""
    unit, wanted = fold(row.unit), fold(target.unit)
    return not unit or not wanted or unit == wanted
