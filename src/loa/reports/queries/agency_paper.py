"""What one agency's report says, as plain data for its paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loa.directory.queries.naming import names_on
from loa.directory.queries.signing import head_signature
from loa.reports.models import AgencyReport, ReportLine
from loa.reports.queries.facts import PaperFacts
from loa.reports.queries.gathering import symbol_of


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """`label` is the task's number and content, or the duty's text."""

    label: str
    result: str
    completion: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgencyFigure:
    label: str
    unit: str
    counted: Decimal | None
    value: Decimal | None
    estimate: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class AgencyPaperFacts:
    paper: PaperFacts
    addressee: str
    sections: tuple[dict[str, Any], ...]
    wording: dict[str, Any]
    data_from: Any
    data_to: Any
    tasks: tuple[AgencyLine, ...]
    duties: tuple[AgencyLine, ...]
    texts: dict[str, str]
    late_reason: str
    is_draft: bool
    tables: tuple[tuple[str, tuple[AgencyFigure, ...]], ...] = ()
    attachments: tuple[str, ...] = ()


def agency_paper_facts(report: AgencyReport) -> AgencyPaperFacts:
    """A fixed number of queries. It is a draft until its head has signed."""
    report_round, plan, template = report.round, report.round.plan, report.round.template
    own = report.agency_id == plan.coordinator_id
    receiver = plan.accepting_office if own else plan.coordinator
    agency = report.agency
    bodies = [body for body in (agency, agency.parent, plan.issuer, receiver) if body]
    names = {body.pk: body.name for body in bodies} | names_on(
        [body.pk for body in bodies], report_round.data_to
    )
    signature = head_signature(agency, report_round.data_to)
    lines = list(report.lines.select_related("assignment__task", "duty_assignment__duty"))
    return AgencyPaperFacts(
        paper=PaperFacts(
            agency=names[agency.pk],
            parent_agency=names[agency.parent_id] if agency.parent_id else None,
            symbol=symbol_of(agency, template.wording),
            place=agency.place or plan.issuer.place,
            title=report_round.title,
            issuer=names[plan.issuer_id],
            office="",
            plan_kind=plan.document.kind,
            plan_number=plan.number,
            plan_on=plan.issued_on,
            plan_title=plan.title,
            signer_title=signature["title"],
            signer_authority=tuple(signature["authority"]),
            signer_name=None,
        ),
        addressee=names[receiver.pk],
        sections=tuple(report_round.agency_sections),
        wording=template.wording,
        data_from=report_round.data_from,
        data_to=report_round.data_to,
        tasks=tuple(_task_line(line, template.wording) for line in lines if line.assignment),
        duties=tuple(_duty_line(line) for line in lines if line.duty_assignment),
        texts=dict(report.texts.values_list("section", "text")),
        late_reason=report.late_reason if report.is_late else "",
        is_draft=report.state not in {"submitted", "accepted"},
        tables=tuple(_tables(report)),
        attachments=tuple(report.attachments.filter(removed_at__isnull=True).values_list("title", flat=True)),
    )


def _tables(report: AgencyReport) -> Iterator[tuple[str, tuple[AgencyFigure, ...]]]:
    tables = report.round.template.tables
    known = {(row.table, row.row): row for row in report.figures.all()} if tables else {}
    for table in tables:
        rows = tuple(
            AgencyFigure(
                row["label_vi"], row["unit"], found.counted, found.value, found.estimate, found.reason
            )
            for row in table["rows"]
            if (found := known.get((table["key"], row["key"])))
        )
        if rows:
            yield table["title_vi"], rows


def _task_line(line: ReportLine, wording: dict[str, Any]) -> AgencyLine:
    task = line.assignment.task if line.assignment else None
    words = wording["agency_paper"]["line"]
    content = " ".join(task.content.split()).strip(" .;") if task else ""
    return AgencyLine(
        words.format(no=task.no if task else "", content=content), line.result, line.completion, line.reason
    )


def _duty_line(line: ReportLine) -> AgencyLine:
    text = line.duty_assignment.duty.text if line.duty_assignment else ""
    return AgencyLine(text.strip(" .;"), line.result, line.completion, line.reason)
