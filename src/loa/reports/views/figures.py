from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from loa.core.pages import page
from loa.reports import queries
from loa.reports.models import ReportFigure
from loa.reports.queries.formulas import formulas
from loa.reports.queries.outline import label_of
from loa.reports.views.consolidations import facts_shown, shared_context
from loa.reports.views.reports import report_of
from loa.reports.views.rounds import consolidation_of

ROWS_PER_PAGE = 100


@login_required
@require_GET
def report_figure(request: HttpRequest, pk: int, figure_pk: int) -> HttpResponse:
    """The rows behind one figure of an agency's report; they add up to what the register had."""
    report = report_of(request, pk)
    figure = get_object_or_404(report.figures, pk=figure_pk)
    return page(request, "reports/report_figure.html", _figure(report, figure), part="fragment")


def _figure(report: Any, figure: ReportFigure) -> dict[str, Any]:
    spec = figure.spec(report.round.template.tables)
    formula = formulas().get(spec.get("formula", ""))
    return {
        "report": report,
        "figure": figure,
        "label": label_of(spec),
        "unit": spec["unit"],
        "formula": formula,
        "narrowed": spec.get("arguments", {}),
        "rows": figure.rows,
    }


@login_required
@require_GET
def table_figure(request: HttpRequest, pk: int, table: str, row: str) -> HttpResponse:
    """One row of a table: the agencies behind it, who corrected, and why."""
    consolidation = consolidation_of(request, pk)
    facts, as_now = facts_shown(request, consolidation)
    found = queries.table_row(facts, table, row)
    if found is None:
        raise Http404
    paginator = Paginator(found.row.lines, ROWS_PER_PAGE)
    lines = paginator.get_page(request.GET.get("page"))
    readable = set(queries.reports_visible_to(request.user).filter(round=pk).values_list("pk", flat=True))
    context = {"found": found, "lines": lines, "paginator": paginator, "readable": readable, "as_now": as_now}
    shared = shared_context(request, consolidation, "figures")
    return page(request, "reports/table_figure.html", shared | context)
