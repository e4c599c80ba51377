"""Two bodies side by side on the same lines, and the versions of an estimate beside each other."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.budgets import actions, queries
from loa.budgets.filters import AppraisalFilter
from loa.budgets.forms import AppraisalForm, EmptyForm
from loa.budgets.models import Estimate, EstimateLine, EstimateVersion, LineAppraisal, Side
from loa.budgets.states import ESTIMATE
from loa.budgets.tables import warned
from loa.budgets.views.acts import CONFLICT, INVALID, act
from loa.budgets.views.estimates import visible_estimate, visible_line
from loa.core import clock
from loa.core.access import permits, require
from loa.core.lists import PAGE_SIZE, active_filters
from loa.core.pages import page
from loa.core.text import format_money
from loa.core.workflow import FlowError

TAKEN = 302


def _own_side(request: HttpRequest, estimate: Estimate) -> str:
    """The side this person can appraise now; with both, the one that is asked for or still open."""
    if estimate.state != "in_appraisal":
        return ""
    sides = [
        side
        for side in Side.values
        if not estimate.is_done(side) and permits(request.user, f"budgets.appraise_{side}", estimate)
    ]
    asked = request.GET.get("side", "")
    return asked if asked in sides else next(iter(sides), "")


@login_required
@require_safe
def estimate_appraise(request: HttpRequest, pk: int) -> HttpResponse:
    estimate = visible_estimate(request, pk)
    own = _own_side(request, estimate)
    found = AppraisalFilter(request.GET or None, queryset=queries.appraised_lines(estimate), request=request)
    pages = Paginator(found.qs, PAGE_SIZE)
    shown = pages.get_page(request.GET.get("page"))
    warnings = queries.line_warnings(estimate, shown.object_list, clock.today())
    totals = queries.side_totals(estimate)
    context = {
        "estimate": estimate,
        "current": "appraisal",
        "own": own,
        "own_label": Side(own).label if own else "",
        "filter": found,
        "active_filters": active_filters(request, found),
        "page": shown,
        "paginator": pages,
        "rows": [_row(line, own, warned(warnings.get(line.pk, []))) for line in shown],
        "totals": queries.totals_of(estimate),
        "sides": [(side, label, totals[side], estimate.is_done(side)) for side, label in Side.choices],
        "steps": _steps(request, estimate),
    }
    return page(request, "budgets/estimate_appraise.html", context)


def _steps(request: HttpRequest, estimate: Estimate) -> list[Any]:
    ours = ("finish", "resume", "return_to_coordinator")
    return [step for step in ESTIMATE.open_to(request.user, estimate) if step.name.startswith(ours)]


def _row(line: Any, own: str, warnings: Any) -> dict[str, Any]:
    words = {word.side: word for word in line.words}
    form = AppraisalForm(line=line, word=words.get(own), auto_id=f"line-{line.pk}-%s") if own else None
    amounts = [word.amount for word in line.words if not word.is_stale]
    given = min(amounts) if amounts else None
    return {
        "line": line,
        "words": [(side, label, words.get(side)) for side, label in Side.choices],
        "form": form,
        "warnings": warnings,
        "difference": line.amount - given if given is not None else None,
    }


def _word(line: EstimateLine, side: str) -> LineAppraisal | None:
    return line.appraisals.filter(side=side).first()


@login_required
@require_http_methods(["GET", "POST"])
def line_appraise(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """One body's word on a line: JSON to the page's script, else a page of its own."""
    line = visible_line(request, pk)
    if side not in Side.values:
        raise Http404
    require(request.user, f"budgets.appraise_{side}", line.estimate)
    form = AppraisalForm(request.POST or None, line=line, word=_word(line, side))
    run = lambda given: actions.appraise_line(line, side=side, **given, by=request.user)  # noqa: E731
    if request.headers.get("Accept") == "application/json":
        return _said(form, run)
    return act(
        request,
        form=form,
        run=run,
        heading=_("%(side)s: line %(number)s") % {"side": Side(side).label, "number": line.position},
        button=_("Save"),
        about=line.estimate,
        done=_("Saved."),
        back=f"{reverse('budgets:estimate_appraise', args=[line.estimate_id])}#line-{pk}",
        extra={"line": line},
    )


def _said(form: AppraisalForm, run: Any) -> JsonResponse:
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        return JsonResponse({"error": f"{form[name].label}: {errors[0]}"}, status=INVALID)
    try:
        word = run(form.cleaned_data)
    except FlowError as error:
        return JsonResponse({"error": str(error)}, status=CONFLICT)
    return JsonResponse(
        {
            "version": word.version,
            "amount": format_money(word.amount),
            "difference": format_money(word.line.amount - word.amount) if word.is_change else "",
            "saved": _("Saved at %(time)s") % {"time": f"{clock.now().astimezone():%H:%M:%S}"},
        }
    )


@login_required
@require_http_methods(["GET", "POST"])
def estimate_accept_rest(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    estimate = visible_estimate(request, pk)
    if side not in Side.values:
        raise Http404
    require(request.user, f"budgets.appraise_{side}", estimate)
    count = queries.unlooked_lines(estimate.lines.all(), side).count()
    return act(
        request,
        form=EmptyForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.accept_rest(estimate, side=side, by=request.user),
        heading=_("Accept %(count)s lines as proposed") % {"count": count},
        button=_("Accept the rest"),
        about=estimate,
        done=_("The rest is accepted as proposed."),
        back=reverse("budgets:estimate_appraise", args=[pk]),
    )


@login_required
@require_safe
def estimate_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions beside each other: what was proposed first, then, appraised, approved."""
    estimate = visible_estimate(request, pk)
    versions = list(queries.versions_of(estimate))
    context: dict[str, Any] = {"estimate": estimate, "versions": versions, "current": "versions"}
    if versions:
        first = _chosen(versions, request.GET.get("first"), versions[0])
        second = _chosen(versions, request.GET.get("second"), versions[-1])
        if first.number > second.number:
            return redirect(f"{request.path}?first={second.number}&second={first.number}")
        pages = Paginator(queries.compared_lines(first, second), PAGE_SIZE)
        shown = pages.get_page(request.GET.get("page"))
        context |= {
            "first": first,
            "second": second,
            "page": shown,
            "paginator": pages,
            "gone": queries.gone_lines(first, second)[:PAGE_SIZE],
            "difference": second.total - first.total,
        }
    return page(request, "budgets/estimate_versions.html", context)


def _chosen(
    versions: list[EstimateVersion], number: str | None, otherwise: EstimateVersion
) -> EstimateVersion:
    return next((row for row in versions if str(row.number) == number), otherwise)
