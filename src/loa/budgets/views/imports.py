"""An agency's sheet goes in by preview and confirmation; nothing is kept in between but the signed page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loa.budgets.actions.imports import import_lines
from loa.budgets.exchange import COLUMNS, SHAPE
from loa.budgets.forms.imports import ApplyLinesForm
from loa.budgets.models import Estimate
from loa.budgets.queries.imports import preview
from loa.budgets.views.estimates import sent_on, visible_estimate
from loa.core.forms import SheetForm
from loa.core.pages import page
from loa.core.sheets import ReadSheet, seal, unseal
from loa.core.workflow import FlowError

SHOWN = 200  # rows of a preview on the page; all of them are taken in


@login_required
@require_http_methods(["GET", "POST"])
def estimate_import(request: HttpRequest, pk: int) -> HttpResponse:
    estimate = visible_estimate(request, pk)
    if elsewhere := sent_on(request, estimate):
        return elsewhere
    form = SheetForm(request.POST or None, request.FILES or None, shape=SHAPE)
    if request.method == "POST" and form.is_valid():
        return _show(request, estimate, form.sheet)
    context = {"estimate": estimate, "form": form, "columns": COLUMNS}
    return page(request, "budgets/import.html", context, status=422 if request.method == "POST" else 200)


@login_required
@require_POST
def estimate_import_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the preview showed; where the estimate has changed meanwhile, show it anew."""
    estimate = visible_estimate(request, pk)
    if elsewhere := sent_on(request, estimate):
        return elsewhere
    try:
        sheet, digest = unseal(request.POST.get("sheet", ""), by=request.user, salt=_salt(estimate))
    except signing.BadSignature as error:
        raise Http404 from error
    form = ApplyLinesForm(request.POST)
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


def _salt(estimate: Estimate) -> str:
    return f"budgets.import:{estimate.pk}"


def _show(request: HttpRequest, estimate: Estimate, sheet: ReadSheet, *, status: int = 200) -> HttpResponse:
    found = preview(estimate, sheet.rows, sheet.letters)
    sealed = ""
    if found.can_apply:
        sealed = seal(sheet, digest=found.digest, by=request.user, salt=_salt(estimate))
    context: dict[str, Any] = {
        "estimate": estimate,
        "preview": found,
        "form": ApplyLinesForm(initial={"sheet": sealed}),
        "shown": SHOWN,
        "now": sum(line.amount for line in estimate.lines.only("amount")),
    }
    return page(request, "budgets/import_preview.html", context, status=422 if found.bad else status)
