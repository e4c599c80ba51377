"""Reports that are still to be handed in pass to the successor; what was handed in stays under the old name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from loa.core import history
from loa.core.handover import WHOLE, Moved, Share
from loa.directory.models import Agency, User
from loa.plans.models import Assignment, DutyAssignment
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.models import AgencyReport, ReportLine, ReportText
from loa.reports.states import REPORT, WRITABLE_REPORT_STATES

OPEN_STATES = ("draft", "returned", "with_head")
REPORT_KIND, LINE_KIND, OWING = _("Report to hand in"), _("Line of a report"), _("Body that owes a report")


class Handing:
    """One hand-over of reports, with the words its history keeps."""

    def __init__(
        self, predecessor: Agency, successor: Agency, *, on: date, decision: str, by: User | None
    ) -> None:
        self.predecessor, self.successor = predecessor, successor
        self.by, self.actor = by, "" if by else "clock"
        self.note = f"{predecessor.name} → {successor.name}. {decision}"
        self.data = {
            "from_agency": predecessor.code,
            "from_name": predecessor.name,
            "to_agency": successor.code,
            "to_name": successor.name,
            "on": on.isoformat(),
        }

    def record(self, report: AgencyReport, action: str) -> None:
        history.record(report, action, by=self.by, actor=self.actor, note=self.note, data=self.data)


def hand_over_reports(
    predecessor: Agency,
    successor: Agency,
    *,
    on: date,
    decision: str,
    by: User | None,
    share: Share = WHOLE,
) -> list[Moved]:
    """Reports of open rounds that wait to be handed in. Call it after the work itself was handed over.

    Who takes the rest takes the report itself; another successor takes the lines of the work it received.
    """
    handing = Handing(predecessor, successor, on=on, decision=decision, by=by)
    rows = AgencyReport.objects.filter(
        agency=predecessor, round__state="open", state__in=OPEN_STATES
    ).select_related("round__plan", "round__template")
    found: list[Moved] = []
    for report in rows.order_by("round__due_on", "pk"):
        own = AgencyReport.objects.filter(round=report.round, agency=successor).first()
        if not share.takes_rest:
            found += _move_part(report, own, handing)
        elif own is None:
            found.append(_move_whole(report, handing))
        else:
            found += _merge(report, own, handing)
    return found


def _move_whole(report: AgencyReport, handing: Handing) -> Moved:
    AgencyReport.objects.filter(pk=report.pk).update(agency=handing.successor)
    handing.record(report, "report.hand_over")
    return Moved(REPORT_KIND, report.round.title, report.get_absolute_url())


def _merge(report: AgencyReport, own: AgencyReport, handing: Handing) -> list[Moved]:
    """Two reports of one round become one, where the successor's can still be written."""
    url = own.get_absolute_url()
    if own.state not in WRITABLE_REPORT_STATES:
        why_not = _(
            "The successor's own report is handed in. What was written stays readable in the old one."
        )
        return [Moved(REPORT_KIND, report.round.title, report.get_absolute_url(), why_not=why_not)]
    count = _pass_lines(own, report.lines.all())
    _pass_texts(report, own, handing.predecessor)
    REPORT.take(report, "pass_on", by=handing.by, actor=handing.actor, note=handing.note)
    AgencyReport.objects.filter(pk=own.pk).update(version=own.version + 1)
    handing.record(own, "report.receive")
    note = _("Goes on in the successor's own report.")
    return [
        Moved(REPORT_KIND, report.round.title, url, how="merged", note=note),
        *([Moved(LINE_KIND, f"{report.round.title}: {count}", url)] if count else []),
    ]


def _move_part(report: AgencyReport, own: AgencyReport | None, handing: Handing) -> list[Moved]:
    """The lines of the work that this successor received; it owes a report now."""
    received = Q(assignment__agency=handing.successor) | Q(duty_assignment__agency=handing.successor)
    lines = report.lines.filter(received)
    if not lines.exists():
        return []
    if own is not None and own.state not in WRITABLE_REPORT_STATES:
        why_not = _(
            "The successor's own report is handed in. What was written stays readable in the old one."
        )
        return [Moved(LINE_KIND, report.round.title, report.get_absolute_url(), why_not=why_not)]
    found = []
    if own is None:
        own = AgencyReport.objects.create(round=report.round, agency=handing.successor)
        found.append(Moved(OWING, report.round.title, own.get_absolute_url(), how="begun"))
    count = _pass_lines(own, lines)
    if own.prefilled_at is None:
        _prefill_rest(own)
    AgencyReport.objects.filter(pk=own.pk).update(version=own.version + 1)
    handing.record(own, "report.receive")
    return [*found, Moved(LINE_KIND, f"{report.round.title}: {count}", own.get_absolute_url())]


def _prefill_rest(own: AgencyReport) -> None:
    """Lines of its other work, drafted from the registers; what it received stays as it was written."""
    received = list(own.lines.all())
    ReportLine.objects.filter(pk__in=[line.pk for line in received]).delete()
    prefill_reports([own])
    known = {_work_of(line): line for line in own.lines.all()}
    for line in received:
        if fresh := known.get(_work_of(line)):
            line.pk, line.position = fresh.pk, fresh.position
        line.save()


def _pass_lines(own: AgencyReport, lines: Iterable[ReportLine]) -> int:
    """A line goes along with its work; one whose work went on in another is added to that one's words."""
    last = own.lines.aggregate(last=Max("position"))["last"] or 0
    known = {_work_of(line): line for line in own.lines.all()}
    count = 0
    for line in lines:
        running = _running_work(line, own.agency_id)
        kept = known.get(running) if running else None
        if kept is not None:
            kept.result = "\n".join(filter(None, [kept.result, line.result]))
            kept.reason = "\n".join(filter(None, [kept.reason, line.reason]))
            kept.save()
        else:  # finished work keeps its old body; this report tells of it in the period
            last += 1
            noun, key = running or _work_of(line)
            changes = {"report": own, "position": last, f"{noun}_id": key}
            ReportLine.objects.filter(pk=line.pk).update(**changes)
        count += 1
    return count


def _work_of(line: ReportLine) -> tuple[str, int]:
    if line.assignment_id is not None:
        return ("assignment", line.assignment_id)
    return ("duty_assignment", line.duty_assignment_id or 0)


def _running_work(line: ReportLine, agency_id: int) -> tuple[str, int] | None:
    """The work of the successor that a line tells of now: the same row, or the one it was merged into."""
    if line.assignment is not None:
        same = Assignment.objects.filter(task=line.assignment.task_id, agency=agency_id)
        same = same.filter(pk=line.assignment.pk) if line.assignment.words else same.filter(words="")
        open_ones = same.exclude(state__in=("done", "passed_on")).values_list("pk", flat=True)
        return next((("assignment", key) for key in open_ones), None)
    duty = line.duty_assignment
    if duty is None:
        return None
    rows = DutyAssignment.objects.filter(duty=duty.duty_id, agency=agency_id, ended_on__isnull=True)
    return next((("duty_assignment", key) for key in rows.values_list("pk", flat=True)), None)


def _pass_texts(report: AgencyReport, own: AgencyReport, predecessor: Agency) -> None:
    """Words under a heading are added below the successor's own, with the name of who wrote them."""
    known = {text.section: text for text in own.texts.all()}
    for text in report.texts.exclude(text=""):
        words = f"{predecessor.name}: {text.text}"
        mine = known.get(text.section)
        if mine is None:
            ReportText.objects.create(report=own, section=text.section, text=words)
        else:
            mine.text = "\n".join(filter(None, [mine.text, words]))
            mine.save()
