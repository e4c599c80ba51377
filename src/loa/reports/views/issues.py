from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from loa.core.pages import file_response, page
from loa.reports import actions, queries
from loa.reports.actions.files import NAMES
from loa.reports.models import EarlierIssue
from loa.reports.queries.facts import Facts


@login_required
@require_GET
def issue_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paper that was issued on a round: the one in force, and those it took the place of."""
    report_round = get_object_or_404(queries.rounds_visible_to(request.user), pk=pk)
    earlier = queries.earlier_issues_visible_to(request.user).filter(consolidation__round=report_round)
    current = queries.consolidations_visible_to(request.user).filter(round=report_round, state="issued")
    context = {
        "round": report_round,
        "earlier": earlier.select_related("document", "reopened_by").order_by("-number"),
        "current": current.select_related("document").first(),
    }
    return page(request, "reports/issue_list.html", context)


def _issue(request: HttpRequest, pk: int) -> EarlierIssue:
    rows = queries.earlier_issues_visible_to(request.user).select_related("document")
    return get_object_or_404(rows, pk=pk)


def _name(issue: EarlierIssue) -> str:
    number = issue.document.printed_number.replace("/", "-").encode("ascii", "ignore").decode()
    return f"bao-cao-{number}"


@login_required
@require_GET
def issue_download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The same bytes as on the day of its issue."""
    issue = _issue(request, pk)
    if form == "ban-ky":
        return _signed_copy(issue)
    if form not in NAMES:
        raise Http404
    content = actions.consolidated_file(Facts.from_json(issue.snapshot), form)
    return file_response(content, form, _name(issue))


def _signed_copy(issue: EarlierIssue) -> HttpResponse:
    if not issue.signed_file:
        raise Http404
    with issue.signed_file.open() as kept:
        return file_response(kept.read(), "pdf", f"{_name(issue)}-ban-ky")
