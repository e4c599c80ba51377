"""The facts of a round as the registers have them now. A fixed number of queries for any size."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Prefetch, Q

from loa.core import clock
from loa.directory.models import Agency
from loa.directory.queries.naming import names_on
from loa.directory.queries.signing import head_signature
from loa.plans.models import CommunicationForm, Deliverable, Duty, PlanBody, Target, Task
from loa.plans.queries import produced_for
from loa.reports.models import AgencyReport, Consolidation, ReportLine, ReportRound, ReportText
from loa.reports.queries.board import board_status
from loa.reports.queries.evidence import WorkKey, work_key
from loa.reports.queries.facts import (
    AgencyFacts,
    CountedFacts,
    DeliverableFacts,
    DutyFacts,
    Facts,
    LineFacts,
    PaperFacts,
    RoundFacts,
    SentenceFacts,
    TargetFacts,
    TaskFacts,
    TextFacts,
)
from loa.reports.queries.figure_tables import table_facts
from loa.reports.queries.owing import agency_ids_with_work, owing_agency_ids
from loa.reports.states import NOT_OWED_STATES

REPORTED_STATES = ("submitted", "accepted")
Lines = dict[WorkKey, ReportLine]


def facts_of(consolidation: Consolidation) -> Facts:
    """As issued, where it was issued; else as things stand now."""
    if consolidation.snapshot:
        return Facts.from_json(consolidation.snapshot)
    return gather_facts(consolidation.round, consolidation)


def gather_facts(report_round: ReportRound, consolidation: Consolidation | None = None) -> Facts:
    """`report_round` may be unsaved: then nobody has reported."""
    template = report_round.template
    names = _names(report_round)
    lines = _lines(report_round)
    reports = _reports(report_round)
    return Facts(
        paper=_paper(report_round, consolidation),
        round=RoundFacts(
            title=report_round.title,
            period=report_round.period,
            data_from=report_round.data_from,
            data_to=report_round.data_to,
            due_on=report_round.due_on,
            is_due_before=report_round.is_due_before,
        ),
        sections=tuple(report_round.sections),
        wording=template.wording,
        agencies=tuple(_agency(report, names) for report in reports),
        tasks=tuple(_tasks(report_round, lines, names)),
        duties=tuple(_duties(report_round, lines, names)),
        deliverables=tuple(_deliverables(report_round, names)),
        texts=tuple(_texts(report_round, names)),
        narrative=tuple(_narrative(consolidation)) if consolidation else (),
        tables=tuple(table_facts(report_round, reports, names)),
    )


class Names(dict[int, str]):
    """Names of agencies by id as of the window's end; one that is not known prints as nothing."""

    def __init__(self, names: dict[int, str], short: dict[int, str]) -> None:
        super().__init__(names)
        self.short = short

    def __missing__(self, agency: int) -> str:
        return ""


def _names(report_round: ReportRound) -> Names:
    """Of every body with work in the plan or a report in the round. Two queries."""
    owing = agency_ids_with_work(report_round.plan)
    bodies = Q(pk__in=owing) | Q(agency_reports__round=report_round) if report_round.pk else Q(pk__in=owing)
    rows = Agency.objects.filter(bodies).distinct().values_list("pk", "name", "short_name")
    present, short = {}, {}
    for pk, name, short_name in rows:
        present[pk], short[pk] = name, short_name or name
    older = names_on(present, report_round.data_to)
    return Names(present | older, short | older)


def _reports(report_round: ReportRound) -> list[AgencyReport]:
    if report_round.pk is None:
        agencies = Agency.objects.filter(pk__in=owing_agency_ids(report_round.plan)).order_by(
            "sort_name", "pk"
        )
        return [AgencyReport(agency=agency) for agency in agencies]
    owing = report_round.reports.exclude(state__in=NOT_OWED_STATES)
    return list(owing.select_related("agency").order_by("agency__sort_name", "agency_id"))


def _agency(report: AgencyReport, names: Names) -> AgencyFacts:
    return AgencyFacts(
        agency=report.agency_id,
        report=report.pk,
        name=names[report.agency_id],
        is_political=report.agency.is_political,
        status=board_status(report),
        is_late=report.is_late,
        submitted_on=_local_day(report.first_submitted_at),
        late_reason=report.late_reason if report.state in REPORTED_STATES else "",
    )


def _local_day(moment: datetime | None) -> date | None:
    return clock.day_of(moment) if moment else None


def _lines(report_round: ReportRound) -> Lines:
    """Lines of the reports that count, by the work they tell of."""
    if report_round.pk is None:
        return {}
    rows = ReportLine.objects.filter(report__round=report_round, report__state__in=REPORTED_STATES)
    return {work_key(row): row for row in rows}


def _line(agency: int, names: Names, row: ReportLine | None) -> LineFacts:
    return LineFacts(
        agency=agency,
        name=names[agency],
        short=names.short.get(agency, ""),
        line=row.pk if row else None,
        result=row.result if row else "",
        completion=row.completion if row else "",
        reason=row.reason if row else "",
        deliverable_count=row.figures.get("deliverables", 0) if row else 0,
    )


def _tasks(report_round: ReportRound, lines: Lines, names: Names) -> list[TaskFacts]:
    coordinating = Prefetch("forms", queryset=CommunicationForm.objects.order_by("position"))
    rows = Task.objects.filter(plan=report_round.plan_id).order_by("position")
    asked = Prefetch("targets", queryset=Target.objects.order_by("pk"))
    tasks = list(rows.prefetch_related(coordinating, asked, "bodies", "assignments"))
    targets = [target for task in tasks for target in task.targets.all()]
    produced = produced_for(targets, until=report_round.data_to)
    return [
        TaskFacts(
            task=task.pk,
            no=task.no,
            content=task.content,
            form=next((form.text for form in task.forms.all()), ""),
            coordinating="; ".join(
                body.printed for body in task.bodies.all() if body.role == PlanBody.Role.COORDINATING
            ),
            carried_over_from=task.carried_over_from,
            lines=tuple(
                _line(work.agency_id, names, lines.get(("assignment", work.pk)))
                for work in sorted(task.assignments.all(), key=lambda work: work.pk)
                if work.state != "passed_on" or ("assignment", work.pk) in lines
            ),
            targets=tuple(_target(target, produced.get(target.pk, [])) for target in task.targets.all()),
        )
        for task in tasks
    ]


def _target(target: Target, produced: list[Deliverable]) -> TargetFacts:
    if target.counts_itself:
        rows = [CountedFacts(row.pk, row.agency.name, row.title, row.quantity) for row in produced]
    else:
        rows = [CountedFacts(None, "", target.measure or target.unit, target.entered_quantity)]
    return TargetFacts(target.pk, target.measure, target.unit, target.quantity, tuple(rows))


def _duties(report_round: ReportRound, lines: Lines, names: Names) -> list[DutyFacts]:
    duties = Duty.objects.filter(plan=report_round.plan_id).order_by("position")
    return [
        DutyFacts(
            duty=duty.pk,
            body=duty.printed_body,
            text=duty.text,
            lines=tuple(
                _line(work.agency_id, names, lines.get(("duty", work.pk)))
                for work in sorted(duty.assignments.all(), key=lambda work: work.agency.sort_name)
                if work.ended_on is None or ("duty", work.pk) in lines
            ),
        )
        for duty in duties.prefetch_related("assignments__agency")
    ]


def _deliverables(report_round: ReportRound, names: Names) -> list[DeliverableFacts]:
    rows = Deliverable.objects.filter(
        on__gte=report_round.data_from,
        on__lte=report_round.data_to,
        withdrawn_at__isnull=True,
        is_counted=True,
    ).select_related("assignment", "duty_assignment")
    of_plan = rows.filter(assignment__plan=report_round.plan_id) | rows.filter(
        duty_assignment__plan=report_round.plan_id
    )
    kinds = report_round.template.wording["prefill"]["deliverable_kinds"]
    return [
        DeliverableFacts(
            deliverable=row.pk,
            agency=row.agency_id,
            name=names[row.agency_id],
            task=row.assignment.task_id if row.assignment else None,
            duty=row.duty_assignment.duty_id if row.duty_assignment else None,
            title=row.title,
            on=row.on,
            quantity=row.quantity,
            unit=row.unit or kinds.get(row.kind, row.kind),
        )
        for row in of_plan.order_by("on", "pk")
    ]


def _texts(report_round: ReportRound, names: Names) -> list[TextFacts]:
    if report_round.pk is None:
        return []
    rows = ReportText.objects.filter(report__round=report_round, report__state__in=REPORTED_STATES).exclude(
        text=""
    )
    ordered = rows.order_by("report__agency__sort_name", "report_id", "pk")
    return [
        TextFacts(report, agency, names[agency], section, text)
        for report, agency, section, text in ordered.values_list(
            "report", "report__agency", "section", "text"
        )
    ]


def _narrative(consolidation: Consolidation) -> list[SentenceFacts]:
    order = {leaf["key"]: index for index, leaf in enumerate(consolidation.round.leaves)}
    rows = [row for row in consolidation.sentences.filter(is_dropped=False) if row.section in order]
    rows.sort(key=lambda row: (order[row.section], row.position, row.pk))
    return [SentenceFacts(row.section, row.heading, row.text, row.report_id is not None) for row in rows]


def _paper(report_round: ReportRound, consolidation: Consolidation | None) -> PaperFacts:
    plan, wording = report_round.plan, report_round.template.wording
    agency, document = plan.coordinator, consolidation.document if consolidation else None
    day = document.issued_on if document and document.issued_on else report_round.data_to
    bodies = [body for body in (agency, agency.parent, plan.issuer, plan.accepting_office) if body]
    names = {body.pk: body.name for body in bodies} | names_on([body.pk for body in bodies], day)
    signature = (consolidation.signature if consolidation else {}) or head_signature(agency, day)
    return PaperFacts(
        agency=names[agency.pk],
        parent_agency=names[agency.parent_id] if agency.parent_id else None,
        symbol=symbol_of(agency, wording),
        place=agency.place or plan.issuer.place,
        title=report_round.title,
        issuer=names[plan.issuer_id],
        office=names[plan.accepting_office_id],
        plan_kind=plan.document.kind,
        plan_number=plan.number,
        plan_on=plan.issued_on,
        plan_title=plan.title,
        signer_title=signature["title"],
        signer_authority=tuple(signature["authority"]),
        signer_name=signature["name"] or None,
        number=document.number if document else None,
        on=document.issued_on if document else None,
        replaces=_replaced(consolidation) if consolidation else None,
    )


def _replaced(consolidation: Consolidation) -> dict[str, str] | None:
    """The issue before this one, as its paper names it."""
    last = consolidation.earlier_issues.select_related("document").last()
    if last is None or last.document.issued_on is None:
        return None
    return {"number": last.document.printed_number, "on": last.document.issued_on.isoformat()}


def symbol_of(agency: Agency, wording: dict) -> str:
    """As in "BC-STTTT"; the agency's code stands in where the directory has no symbol for it."""
    return f"{wording['abbreviation']}-{agency.symbol or agency.code.upper()}"
