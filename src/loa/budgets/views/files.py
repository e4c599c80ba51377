from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from loa.budgets import queries
from loa.budgets.actions import papers
from loa.budgets.models import Estimate, Side
from loa.core.pages import file_response
from loa.core.workflow import FlowError


@login_required
@require_GET
def estimate_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    estimate = _estimate(request, pk)
    return _file(
        request, estimate, form, f"du-toan-{estimate.agency.code}-{estimate.year}", papers.estimate_file
    )


@login_required
@require_GET
def appraisal_file(request: HttpRequest, pk: int, side: str, form: str) -> HttpResponse:
    """For whoever oversees the money; the agency sees the result once it is there."""
    estimate = _estimate(request, pk)
    if side not in Side.values or not queries.appraisal_is_shown(request.user, estimate):
        raise Http404
    appraiser = queries.appraiser_of(estimate, side)
    name = f"tham-dinh-{estimate.agency.code}-{estimate.year}"
    return _file(request, estimate, form, name, lambda row, kind: papers.appraisal_file(row, appraiser, kind))


@login_required
@require_GET
def budget_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    rows = queries.budgets_overseen_by(request.user).select_related(
        "plan__issuer", "coordinator__parent", "approver"
    )
    budget = get_object_or_404(rows, pk=pk)
    return _file(request, budget, form, f"tong-hop-du-toan-{budget.year}", papers.budget_file)


def _estimate(request: HttpRequest, pk: int) -> Estimate:
    rows = queries.estimates_visible_to(request.user).select_related(
        "agency__parent", "budget__plan__issuer", "budget__coordinator", "budget__approver"
    )
    return get_object_or_404(rows, pk=pk)


def _file(
    request: HttpRequest, row: Any, form: str, name: str, make: Callable[[Any, str], bytes]
) -> HttpResponse:
    if form not in papers.FORMS:
        raise Http404
    try:
        return file_response(make(row, form), form, name)
    except FlowError as refused:
        messages.error(request, str(refused))
        return redirect(row)
