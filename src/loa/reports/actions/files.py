"""Report files: of one round, by hand or from the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from loa.plans.models import Plan
from loa.reports.actions.templates import load_templates
from loa.reports.models import AgencyReport, Consolidation, ReportRound
from loa.reports.papers.agency import agency_paper
from loa.reports.papers.consolidated import consolidated_paper
from loa.reports.papers.sheets import figure_sheets
from loa.reports.queries.agency_paper import agency_paper_facts
from loa.reports.queries.facts import Facts, SentenceFacts
from loa.reports.queries.gathering import facts_of, gather_facts
from loa.reports.queries.narrative import draft_narrative
from loa.reports.queries.proposing import propose_period
from officialdoc.write.pdf import write_pdf
from officialdoc.write.word import write_docx
from officialdoc.write.xlsx import write_xlsx

NAMES = {"docx": "report.docx", "pdf": "report.pdf", "xlsx": "figures.xlsx"}


def build_report_files(plan: Plan, period: str, out_dir: Path) -> list[Path]:
    """Write report.docx, report.pdf and figures.xlsx of a plan's round.

    Before the round's report is issued they are a draft with a blank number; after, they are made
    from what was frozen then: the same bytes every time. Raises LookupError for an unknown period.
    """
    facts = facts_for_period(plan, period)
    out_dir.mkdir(parents=True, exist_ok=True)
    paths = []
    for form, name in NAMES.items():
        path = out_dir / name
        path.write_bytes(consolidated_file(facts, form))
        paths.append(path)
    return paths


def facts_for_period(plan: Plan, period: str) -> Facts:
    """Of the round's consolidation; before there is one, of a draft that is kept nowhere."""
    report_round = ReportRound.objects.filter(plan=plan, period=period).order_by("pk").first()
    consolidation = Consolidation.objects.filter(round=report_round).first() if report_round else None
    if consolidation:
        return facts_of(consolidation)
    return _with_draft(gather_facts(report_round or _unopened_round(plan, period)))


def _unopened_round(plan: Plan, period: str) -> ReportRound:
    load_templates()
    proposal = propose_period(plan, period)
    if proposal.template is None:
        raise LookupError(f"Chưa có đề cương báo cáo cho kỳ {period}. / No outline is in force for it.")
    fields = ("kind", "period", "title", "data_from", "data_to", "due_on", "is_due_before", "template")
    return ReportRound(plan=plan, **{name: getattr(proposal, name) for name in fields})


def _with_draft(facts: Facts) -> Facts:
    sentences = (
        SentenceFacts(row.section, row.heading, row.text, row.report is not None)
        for row in draft_narrative(facts)
    )
    return replace(facts, narrative=tuple(sentences))


def consolidated_file(facts: Facts, form: str) -> bytes:
    """`form` is docx, pdf or xlsx. The same facts give the same bytes."""
    if form == "xlsx":
        return write_xlsx(figure_sheets(facts))
    document = consolidated_paper(facts)
    return write_pdf(document) if form == "pdf" else write_docx(document)


def agency_report_file(report: AgencyReport, form: str) -> bytes:
    document = agency_paper(agency_paper_facts(report))
    return write_pdf(document) if form == "pdf" else write_docx(document)
