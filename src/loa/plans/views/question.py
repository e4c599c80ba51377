"""Requests for more time and explanations, over all plans: what was asked, answered, overdue."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.core.lists import list_page
from loa.plans import queries
from loa.plans.filters import ExplanationFilter, ExtensionFilter
from loa.plans.tables import ExplanationTable, ExtensionTable


@login_required
@require_safe
def extension_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "plans/extension_list.html",
        rows=queries.extensions_listed_for(request.user),
        table_class=ExtensionTable,
        filter_class=ExtensionFilter,
        export_name="gia-han",
    )


@login_required
@require_safe
def explanation_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "plans/explanation_list.html",
        rows=queries.explanations_listed_for(request.user),
        table_class=ExplanationTable,
        filter_class=ExplanationFilter,
        export_name="giai-trinh",
    )
