"""What the registers hold of some agencies in a round's window, read once for all formulas.

A fixed number of queries for any number of agencies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from loa.budgets.models import ApprovedLine, Payment
from loa.budgets.queries import approved_lines, live_payments
from loa.core import clock
from loa.core.text import fold
from loa.plans.models import Assignment, Deliverable, DutyAssignment, Occurrence, ProgressNote, Task
from loa.reports.models import ReportRound

_DATED = {ApprovedLine: ("approval",)}  # where a row keeps its day
Row = TypeVar("Row", Deliverable, Assignment, DutyAssignment)


@dataclass(frozen=True, slots=True)
class Registers:
    """Of one round; each list by agency. `words_of` a task: its forms, its topics, its own words, folded."""

    round: ReportRound
    agencies: tuple[int, ...]
    deliverables: dict[int, list[Deliverable]]
    assignments: dict[int, list[Assignment]]
    duties: dict[int, list[DutyAssignment]]
    duties_with_evidence: frozenset[int]
    held: dict[int, list[Occurrence]]
    approved: dict[int, list[ApprovedLine]]  # money given by the cut-off
    paid: dict[int, list[Payment]]  # and paid by then
    forms_of: dict[int, str]
    topics_of: dict[int, str]

    @classmethod
    def read(cls, report_round: ReportRound, agency_ids: Iterable[int]) -> Registers:
        agencies = tuple(agency_ids)
        plan = report_round.plan_id
        works = Assignment.objects.filter(plan=plan, agency__in=agencies).select_related("task")
        duties = DutyAssignment.objects.filter(plan=plan, agency__in=agencies).select_related("duty")
        forms, topics = _words(plan)
        return cls(
            round=report_round,
            agencies=agencies,
            deliverables=_by_agency(_deliverables(report_round, agencies)),
            assignments=_by_agency(works.order_by("task__position", "pk")),
            duties=_by_agency(duties.order_by("duty__position", "pk")),
            duties_with_evidence=_duties_with_evidence(report_round, agencies),
            held=_held(report_round, agencies),
            approved=_of_estimates(approved_lines(report_round.data_to), plan, agencies),
            paid=_of_estimates(live_payments(report_round.data_to), plan, agencies),
            forms_of=forms,
            topics_of=topics,
        )

    def unit_of(self, row: Deliverable) -> str:
        kinds = self.round.template.wording["prefill"]["deliverable_kinds"]
        return row.unit or kinds.get(row.kind, row.kind)

    def task_of(self, row: Deliverable) -> int | None:
        return row.assignment.task_id if row.assignment else None

    def is_done_by_cutoff(self, work: Assignment) -> bool:
        done = clock.day_of(work.done_at) if work.done_at else None
        return work.state == "done" and (done is None or done <= self.round.data_to)


def _by_agency(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.agency_id].append(row)
    return dict(found)


def _deliverables(report_round: ReportRound, agencies: tuple[int, ...]) -> Iterable[Deliverable]:
    """Counted ones of the window, for the plan's tasks and duties of these agencies."""
    plan = report_round.plan_id
    of_plan = Q(assignment__plan=plan) | Q(duty_assignment__plan=plan)
    window = Q(on__gte=report_round.data_from, on__lte=report_round.data_to)
    rows = Deliverable.objects.filter(of_plan, window, agency__in=agencies, withdrawn_at__isnull=True)
    return rows.filter(is_counted=True).select_related("assignment").order_by("on", "pk")


def _duties_with_evidence(report_round: ReportRound, agencies: tuple[int, ...]) -> frozenset[int]:
    window = {"on__gte": report_round.data_from, "on__lte": report_round.data_to}
    ours = {"duty_assignment__plan": report_round.plan_id, "duty_assignment__agency__in": agencies}
    notes = ProgressNote.objects.filter(**ours, **window).values_list("duty_assignment", flat=True)
    produced = Deliverable.objects.filter(**ours, **window, withdrawn_at__isnull=True)
    return frozenset([*notes, *produced.values_list("duty_assignment", flat=True)])


def _held(report_round: ReportRound, agencies: tuple[int, ...]) -> dict[int, list[Occurrence]]:
    """Sessions of a series that took place in the window, under the agency that led them."""
    rows = Occurrence.objects.filter(
        task__plan=report_round.plan_id,
        state="held",
        on__gte=report_round.data_from,
        on__lte=report_round.data_to,
    )
    wanted, found = set(agencies), defaultdict[int, list[Occurrence]](list)
    for row in rows.select_related("task").prefetch_related("task__assignments").order_by("on", "pk"):
        leads = [row.lead_id] if row.lead_id else [work.agency_id for work in row.task.assignments.all()[:1]]
        for agency in wanted.intersection(leads):
            found[agency].append(row)
    return dict(found)


def _of_estimates(rows: QuerySet[Any], plan: int, agencies: tuple[int, ...]) -> dict[int, list[Any]]:
    """Money of these agencies' estimates for the plan, by agency."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    ours = rows.filter(line__estimate__plan=plan, line__estimate__agency__in=agencies)
    for row in ours.select_related("line__estimate", *_DATED.get(rows.model, ())).order_by(
        "line__position", "pk"
    ):
        found[row.line.estimate.agency_id].append(row)
    return dict(found)


def _words(plan: int) -> tuple[dict[int, str], dict[int, str]]:
    tasks = Task.objects.filter(plan=plan).prefetch_related("forms", "topics")
    forms, topics = {}, {}
    for task in tasks:
        forms[task.pk] = fold(" | ".join(row.text for row in task.forms.all()))
        topics[task.pk] = fold(" | ".join(row.text for row in task.topics.all()))
    return forms, topics
