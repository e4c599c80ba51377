"""An agency's sheet goes in by preview and confirmation; nothing is kept in between but the signed page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loa.budgets import queries
from loa.budgets.actions.imports import import_lines
from loa.budgets.exchange import COLUMNS
from loa.budgets.forms.imports import ApplySheetForm, SheetForm
from loa.budgets.models import Estimate
from loa.budgets.queries.imports import preview
from loa.budgets.states import WRITABLE_STATES
from loa.core.access import require
from loa.core.pages import page
from loa.core.sheets import ReadSheet, SheetRow
from loa.core.workflow import FlowError

SALT = "budgets.import"
ONE_DAY = 24 * 3600  # seconds a preview can be confirmed
SHOWN = 200  # rows of a preview on the page; all of them are taken in


@login_required
@require_http_methods(["GET", "POST"])
def estimate_import(request: HttpRequest, pk: int) -> HttpResponse:
    estimate = _writable(request, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _show(request, estimate, form.sheet)
    context = {"estimate": estimate, "form": form, "columns": COLUMNS}
    return page(request, "budgets/import.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def estimate_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the preview showed; where the estimate has changed meanwhile, show it anew."""
    estimate = _writable(request, pk)
    sheet, digest = _opened(request, estimate)
    form = ApplySheetForm(request.POST)
    form.is_valid()
    try:
        done = import_lines(
            estimate, sheet.rows, sheet.letters, digest=digest,
            removes_missing=form.cleaned_data["removes_missing"], by=request.user,
        )  # fmt: skip
    except FlowError as refused:
        messages.error(request, str(refused))
        return _show(request, estimate, sheet, status=409)
    words = {"new": len(done.new), "changed": len(done.changed)}
    messages.success(request, _("Imported: %(new)d new, %(changed)d changed.") % words)
    return redirect(estimate)


def _writable(request: HttpRequest, pk: int) -> Estimate:
    rows = queries.estimates_visible_to(request.user).select_related("budget__plan", "agency", "plan")
    estimate = get_object_or_404(rows, pk=pk)
    require(request.user, "budgets.write_estimate", estimate)
    if estimate.state not in WRITABLE_STATES:
        raise Http404
    return estimate


def _show(request: HttpRequest, estimate: Estimate, sheet: ReadSheet, *, status: int = 200) -> HttpResponse:
    found = preview(estimate, sheet.rows, sheet.letters)
    sealed = _sealed(request, estimate, sheet, found.digest) if found.can_apply else ""
    context: dict[str, Any] = {
        "estimate": estimate,
        "preview": found,
        "form": ApplySheetForm(initial={"sheet": sealed}),
        "shown": SHOWN,
        "now": sum(line.amount for line in estimate.lines.only("amount")),
    }
    return page(request, "budgets/import_preview.html", context, status=422 if found.bad else status)


def _sealed(request: HttpRequest, estimate: Estimate, sheet: ReadSheet, digest: str) -> str:
    told = {
        "by": request.user.pk,
        "estimate": estimate.pk,
        "digest": digest,
        "letters": sheet.letters,
        "rows": [[row.number, row.cells] for row in sheet.rows],
    }
    return signing.dumps(told, salt=SALT, compress=True)


def _opened(request: HttpRequest, estimate: Estimate) -> tuple[ReadSheet, str]:
    try:
        told = signing.loads(request.POST.get("sheet", ""), salt=SALT, max_age=ONE_DAY)
    except signing.BadSignature as error:
        raise Http404 from error
    if (told["by"], told["estimate"]) != (request.user.pk, estimate.pk):
        raise Http404
    rows = [SheetRow(number, cells) for number, cells in told["rows"]]
    return ReadSheet(rows, told["letters"]), told["digest"]
