"""The files of an estimate and of a plan's budget, made when somebody asks for them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from loa.budgets.models import Estimate, PlanBudget
from loa.budgets.papers.letters import appraisal_letter, consolidated_letter, estimate_letter
from loa.budgets.papers.sheets import appraisal_sheets, budget_sheets, estimate_sheets
from loa.budgets.queries.money import budget_money_by
from loa.budgets.queries.papers import (
    appraisal_paper_facts,
    consolidated_paper_facts,
    estimate_paper_facts,
)
from loa.budgets.states import APPRAISED_STATES, WRITABLE_STATES
from loa.core import clock
from loa.core.workflow import FlowError
from loa.directory.models import Agency
from loa.directory.queries.naming import names_on
from officialdoc.write.model import OutgoingDocument
from officialdoc.write.pdf import write_pdf
from officialdoc.write.word import write_docx
from officialdoc.write.xlsx import write_xlsx

MOST_LINES_IN_PDF = 500  # setting a page takes far longer than writing a .docx; that one holds any number
FORMS = ("docx", "pdf", "xlsx")


def estimate_file(estimate: Estimate, form: str) -> bytes:
    """The agency's estimate. Until its head has signed it is a draft. Raises FlowError: too long for a .pdf."""
    head, paper = estimate_paper_facts(estimate)
    if form == "xlsx":
        lines = estimate.lines.select_related("task", "norm").order_by("position", "pk")
        return write_xlsx(estimate_sheets(head, paper, lines))
    is_draft = estimate.state in (*WRITABLE_STATES, "with_head")
    return _document(estimate_letter(head, paper, is_draft=is_draft), form, len(paper.lines))


def appraisal_file(estimate: Estimate, appraiser: Agency, form: str) -> bytes:
    """What an appraising body reports on the estimate; a draft until both bodies have finished."""
    head, paper = appraisal_paper_facts(estimate, appraiser)
    if form == "xlsx":
        return write_xlsx(appraisal_sheets(paper))
    is_draft = estimate.state not in APPRAISED_STATES
    return _document(appraisal_letter(head, paper, is_draft=is_draft), form, len(paper.lines))


def budget_file(budget: PlanBudget, form: str) -> bytes:
    """The coordinator's submission over all estimates; as a workbook the money by agency."""
    if form == "xlsx":
        money = budget_money_by(budget, "estimate__agency")
        names = dict(Agency.objects.filter(pk__in=money).order_by("sort_name").values_list("pk", "name"))
        ordered = {agency: money[agency] for agency in names}
        return write_xlsx(budget_sheets(budget, ordered, names | names_on(names, clock.today())))
    head, papers = consolidated_paper_facts(budget)
    is_draft = any(paper.state not in APPRAISED_STATES for paper in papers)
    count = sum(len(paper.lines) for paper in papers)
    return _document(consolidated_letter(head, papers, is_draft=is_draft), form, count)


def _document(document: OutgoingDocument, form: str, line_count: int) -> bytes:
    if form == "docx":
        return write_docx(document)
    if line_count > MOST_LINES_IN_PDF:
        words = {"n": line_count, "most": MOST_LINES_IN_PDF}
        raise FlowError(
            _("A .pdf holds up to %(most)d lines and this has %(n)d. Take the .docx, which holds them all.")
            % words
        )
    return write_pdf(document)
