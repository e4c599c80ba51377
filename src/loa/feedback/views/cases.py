"""Cases on the desk: the list and one of them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.feedback import queries
from loa.feedback.filters import CaseFilter
from loa.feedback.models import Case
from loa.feedback.states import CASE
from loa.feedback.tables import CaseTable


def visible_case(request: HttpRequest, pk: int) -> Case:
    rows = queries.cases_visible_to(request.user)
    return get_object_or_404(
        rows.select_related("agency", "intake", "subject", "officer", "commune", "about", "procedure"), pk=pk
    )


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "feedback/case_list.html",
        rows=queries.cases_visible_to(request.user).select_related("agency", "subject", "officer"),
        table_class=CaseTable,
        filter_class=CaseFilter,
        export_name="phan-anh",
    )


@login_required
@require_safe
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    context = {
        "case": case,
        "steps": CASE.open_to(request.user, case),
        "clocks": case.clocks.all(),
        "moves": case.moves.select_related("source", "target", "by"),
        "entries": entries_of([case])[:60],
    }
    return page(request, "feedback/case_detail.html", context)
