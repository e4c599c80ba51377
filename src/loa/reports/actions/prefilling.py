"""First words of an agency's report, from what the agency has already written in its work.

Bulk: a batch of reports costs the same number of queries whatever its size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from loa.core import clock
from loa.plans.models import Assignment, DutyAssignment, Task
from loa.plans.queries import TargetCount, target_counts
from loa.reports.models import AgencyReport, ReportFigure, ReportLine, ReportRound, ReportText
from loa.reports.queries.counting import count_rows, fresh_figures
from loa.reports.queries.evidence import Evidence, WorkKey, evidence_of, work_key
from loa.reports.queries.wording import by_unit, in_digits, listed_quantities

Completion = ReportLine.Completion


@dataclass(frozen=True, slots=True)
class Sources:
    """The registers of one round, read once for a batch of reports."""

    evidence: dict[WorkKey, Evidence]
    targets: dict[int, list[TargetCount]]
    assignments: dict[int, list[Assignment]]
    duties: dict[int, list[DutyAssignment]]
    wording: dict[str, Any]

    @classmethod
    def read(cls, report_round: ReportRound, agency_ids: list[int]) -> Sources:
        assignments: defaultdict[int, list[Assignment]] = defaultdict(list)
        own = Assignment.objects.filter(plan=report_round.plan_id, agency__in=agency_ids)
        works = own.exclude(state__in=("ended", "passed_on")).select_related(
            "task"
        )  # nobody reports on these
        for assignment in works.order_by("task__position", "pk"):
            assignments[assignment.agency_id].append(assignment)
        duties: defaultdict[int, list[DutyAssignment]] = defaultdict(list)
        standing = DutyAssignment.objects.filter(
            plan=report_round.plan_id, agency__in=agency_ids, ended_on__isnull=True
        )
        for duty in standing.order_by("duty__position", "pk"):
            duties[duty.agency_id].append(duty)
        return cls(
            evidence=evidence_of(report_round, agency_ids),
            targets=target_counts(Task.objects.filter(plan=report_round.plan_id), until=report_round.data_to),
            assignments=dict(assignments),
            duties=dict(duties),
            wording=report_round.template.wording,
        )

    def evidence_for(self, key: WorkKey) -> Evidence:
        return self.evidence.get(key) or Evidence()


def prefill_reports(reports: Iterable[AgencyReport]) -> int:
    """Prefill those of one round's reports that nobody has prefilled; returns how many it was."""
    keys = [report.pk for report in reports]
    with transaction.atomic():
        waiting = AgencyReport.objects.filter(pk__in=keys, prefilled_at__isnull=True)
        empty = list(waiting.select_for_update(of=("self",)).select_related("round__template"))
        if not empty:
            return 0
        agencies = [report.agency_id for report in empty]
        sources = Sources.read(empty[0].round, agencies)
        counted = count_rows(empty[0].round, agencies)
        lines: list[ReportLine] = []
        texts: list[ReportText] = []
        for report in empty:
            own = list(lines_of(report, sources))
            lines.extend(own)
            texts.extend(texts_of(report, own, sources))
        ReportLine.objects.bulk_create(lines, batch_size=500)
        ReportText.objects.bulk_create(texts, batch_size=500)
        ReportFigure.objects.bulk_create(
            (figure for report in empty for figure in fresh_figures(report, counted)), batch_size=500
        )
        return AgencyReport.objects.filter(pk__in=[report.pk for report in empty]).update(
            prefilled_at=clock.now()
        )


def lines_of(report: AgencyReport, sources: Sources) -> Iterator[ReportLine]:
    """A line for each task the agency leads, then one for each of its standing duties."""
    position = 0
    for assignment in sources.assignments.get(report.agency_id, []):
        position += 1
        line = ReportLine(report=report, assignment=assignment, position=position)
        yield fill_assignment_line(line, assignment, sources)
    for duty in sources.duties.get(report.agency_id, []):
        position += 1
        yield fill_duty_line(ReportLine(report=report, duty_assignment=duty, position=position), sources)


def fill_assignment_line(line: ReportLine, assignment: Assignment, sources: Sources) -> ReportLine:
    evidence = sources.evidence_for(("assignment", assignment.pk))
    targets = sources.targets.get(assignment.task_id, [])
    line.result = _result(evidence, targets, sources.wording)
    line.completion = _completion(assignment, evidence, targets)
    line.figures = _figures(evidence, targets)
    return line


def fill_duty_line(line: ReportLine, sources: Sources) -> ReportLine:
    evidence = sources.evidence_for(("duty", line.duty_assignment_id or 0))
    line.result = _result(evidence, [], sources.wording)
    line.completion = Completion.FULL if evidence else ""
    line.figures = _figures(evidence, [])
    return line


def _result(evidence: Evidence, targets: list[TargetCount], wording: dict[str, Any]) -> str:
    words = wording["prefill"]
    parts = [note.done.strip() for note in evidence.notes]
    counted = [row for row in evidence.deliverables if row.is_counted]
    if counted:
        items = listed_quantities(by_unit(counted, wording))
        parts.append(words["deliverables"].format(items=items))
    parts.extend(
        words["target"].format(
            counted=in_digits(count.counted),
            quantity=in_digits(count.target.quantity),
            unit=count.target.unit,
        )
        for count in targets
        if count.counted
    )
    return "\n".join(parts)


def _completion(assignment: Assignment, evidence: Evidence, targets: list[TargetCount]) -> str:
    """A proposal only: the agency decides. Targets say more than words, a finished assignment most."""
    reached = bool(targets) and all(count.is_reached for count in targets)
    if assignment.state == "done" or reached:
        return Completion.FULL
    started = evidence or any(count.counted for count in targets)
    return Completion.PARTLY if started else Completion.NONE


def _figures(evidence: Evidence, targets: list[TargetCount]) -> dict[str, Any]:
    return {
        "deliverables": sum(row.is_counted for row in evidence.deliverables),
        "targets": [
            {
                "target": count.target.pk,
                "measure": count.target.measure,
                "quantity": str(count.target.quantity),
                "unit": count.target.unit,
                "counted": str(count.counted),
            }
            for count in targets
        ],
    }


def texts_of(report: AgencyReport, lines: list[ReportLine], sources: Sources) -> Iterator[ReportText]:
    for section in report.round.asked_sections:
        words = _text(section.get("prefill", ""), report, lines, sources)
        yield ReportText(report=report, section=section["key"], text="\n".join(dict.fromkeys(words)))


def _text(feed: str, report: AgencyReport, lines: list[ReportLine], sources: Sources) -> Iterator[str]:
    if feed == "unfinished":
        pattern = sources.wording["prefill"]["unfinished"]
        for assignment in sources.assignments.get(report.agency_id, []):
            if any(
                line.assignment_id == assignment.pk and line.completion != Completion.FULL for line in lines
            ):
                yield pattern.format(no=assignment.task.no, content=assignment.task.content.strip(" .;"))
    elif feed in {"obstacles", "proposals"}:
        for line in lines:
            notes = sources.evidence_for(work_key(line)).notes
            yield from filter(None, (getattr(note, feed).strip() for note in notes))
