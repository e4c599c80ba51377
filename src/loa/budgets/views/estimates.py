"""One agency's estimate: read, written line by line, moved on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.budgets import actions, queries
from loa.budgets.filters import LineFilter
from loa.budgets.forms import CellsForm, EmptyForm, LineForm, PasteForm, ReasonForm
from loa.budgets.models import Estimate, EstimateLine
from loa.budgets.states import ESTIMATE, SPENDING_STATES, WRITABLE_STATES
from loa.budgets.tables import LineSheet, LineTable, warned
from loa.budgets.views.acts import CONFLICT, INVALID, act, refusal
from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import PAGE_SIZE, list_page
from loa.core.pages import page
from loa.core.text import format_money
from loa.core.workflow import FlowError

BODIES = (
    "agency", "budget__plan", "budget__coordinator", "budget__content_appraiser", "budget__money_appraiser",
    "budget__approver", "budget__office",
)  # fmt: skip


PLAIN_STEPS = {
    "hand_to_head": actions.hand_to_head,
    "submit": actions.submit_estimate,
    "consolidate": actions.consolidate_estimate,
    "send_to_appraisal": actions.send_to_appraisal,
    "submit_to_committee": actions.submit_to_committee,
    "settle": actions.submit_settlement,
    "close": actions.close_estimate,
}
REASONED_STEPS = {
    "return_to_writer": actions.return_to_writer,
    "return_to_agency": actions.return_to_agency,
    "return_to_coordinator": actions.return_to_coordinator,
    "return_to_appraisal": actions.return_to_appraisal,
    "return_from_committee": actions.return_from_committee,
    "return_settlement": actions.return_settlement,
}


def visible_estimate(request: HttpRequest, pk: int) -> Estimate:
    return get_object_or_404(queries.estimates_visible_to(request.user).select_related(*BODIES), pk=pk)


def visible_line(request: HttpRequest, pk: int) -> EstimateLine:
    bodies = [f"estimate__{name}" for name in BODIES]
    lines = queries.lines_visible_to(request.user)
    return get_object_or_404(lines.select_related("task", "duty_assignment__duty", "norm", *bodies), pk=pk)


def may_write(request: HttpRequest, estimate: Estimate) -> bool:
    return estimate.state in WRITABLE_STATES and permits(request.user, "budgets.write_estimate", estimate)


def may_settle(request: HttpRequest, estimate: Estimate) -> bool:
    return estimate.state in SPENDING_STATES and permits(request.user, "budgets.spend_estimate", estimate)


@login_required
@require_safe
def estimate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    estimate = visible_estimate(request, pk)
    context = {
        "estimate": estimate,
        "totals": queries.totals_of(estimate),
        "warnings": queries.estimate_warnings(estimate, clock.today()),
        "steps": _steps(request, estimate),
        "may_write": may_write(request, estimate),
        "may_settle": may_settle(request, estimate),
        "current": "lines",
        "shows_appraisal": queries.appraisal_is_shown(request.user, estimate),
        "appraisers": [(side, label, estimate.is_done(side)) for side, label in _sides(estimate)],
        "carried": queries.carried_to(estimate),
        "entries": entries_of([estimate])[:30],
        "returned": _returned(estimate),
    }
    return list_page(
        request,
        "budgets/estimate_detail.html",
        rows=queries.listed_lines(estimate),
        table_class=LineSheet if "export" in request.GET else LineTable,
        filter_class=LineFilter,
        export_name=f"du-toan-{estimate.agency.code}-{estimate.year}",
        context=context,
    )


def _sides(estimate: Estimate) -> list[tuple[str, Any]]:
    budget = estimate.budget
    bodies = {
        body.pk: body
        for body in (budget.content_appraiser, budget.money_appraiser, budget.stand_in)
        if body is not None
    }
    return [(side, bodies[estimate.appraiser_id(side)]) for side in ("content", "money")]


def _returned(estimate: Estimate) -> Any:
    """Why it came back, shown first while it is mended."""
    if estimate.state not in ("returned", "consolidated", "appraised", "in_appraisal", "spending"):
        return None
    last = entries_of([estimate]).filter(data__has_key="to").first()
    return last if last and last.action.startswith("estimate.return") else None


def _steps(request: HttpRequest, estimate: Estimate) -> list[Any]:
    """Steps that a person takes by itself: the first payment begins the spending, the second body ends the appraisal."""
    hidden = {"complete_appraisal", "begin_spending"}
    return [step for step in ESTIMATE.open_to(request.user, estimate) if step.name not in hidden]


@login_required
@require_http_methods(["GET", "POST"])
def estimate_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    estimate = visible_estimate(request, pk)
    if step == "approve":
        return redirect("budgets:budget_approve", estimate.budget_id)
    known = _known_steps(request, estimate)
    if refused := refusal(request, ESTIMATE, estimate, step, known=known):
        return refused
    taken = ESTIMATE.by_name[step]
    own = bool(request.user.hat and estimate.agency_id == request.user.hat.agency.pk)
    return act(
        request,
        form=(ReasonForm if taken.needs_note else EmptyForm)(
            request.POST if request.method == "POST" else None
        ),
        run=known[step],
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=estimate,
        done=_("Done: %(step)s.") % {"step": taken.label},
        back="" if own else estimate.budget.get_absolute_url(),
        extra={"warnings": queries.estimate_warnings(estimate, clock.today())},
    )


def _known_steps(request: HttpRequest, estimate: Estimate) -> dict[str, Any]:
    by = request.user
    known: dict[str, Any] = {
        name: lambda _given, run=run: run(estimate, by=by) for name, run in PLAIN_STEPS.items()
    }
    known |= {
        name: lambda given, run=run: run(estimate, **given, by=by) for name, run in REASONED_STEPS.items()
    }
    for side in ("content", "money"):
        known[f"finish_{side}"] = lambda _given, side=side: actions.finish_side(estimate, side=side, by=by)
        known[f"resume_{side}"] = lambda _given, side=side: actions.resume_side(estimate, side=side, by=by)
    return known


def sent_on(request: HttpRequest, estimate: Estimate) -> HttpResponse | None:
    """None where it may be written now; else where to go instead."""
    require(request.user, "budgets.write_estimate", estimate)
    if estimate.state in WRITABLE_STATES:
        return None
    messages.warning(request, ESTIMATE.why_not(request.user, estimate, "hand_to_head") or "")
    return redirect(estimate)


@login_required
@require_safe
def estimate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of one page as fields; each saves itself."""
    estimate = visible_estimate(request, pk)
    if elsewhere := sent_on(request, estimate):
        return elsewhere
    found = LineFilter(request.GET or None, queryset=queries.listed_lines(estimate), request=request)
    pages = Paginator(found.qs, PAGE_SIZE)
    number = request.GET.get("page")
    shown = pages.get_page(pages.num_pages if number == "last" else number)
    warnings = queries.line_warnings(estimate, shown.object_list, clock.today())
    context = {
        "estimate": estimate,
        "filter": found,
        "page": shown,
        "paginator": pages,
        "rows": [(line, _cells(line), warned(warnings.get(line.pk, []))) for line in shown],
        "new": CellsForm(auto_id="new-%s"),
        **_sums(estimate),
    }
    return page(request, "budgets/estimate_edit.html", context)


def _cells(line: EstimateLine) -> CellsForm:
    return CellsForm(line=line, auto_id=f"line-{line.pk}-%s")


def _sums(estimate: Estimate) -> dict[str, Any]:
    return {
        "totals": queries.totals_of(estimate),
        "warnings": queries.estimate_warnings(estimate, clock.today()),
    }


@login_required
@require_POST
def line_save(request: HttpRequest, pk: int) -> HttpResponse:
    """The cells of a row. Answers in JSON to the page's script, else goes back to the row."""
    line = visible_line(request, pk)
    require(request.user, "budgets.write_estimate", line.estimate)
    form = CellsForm(request.POST)
    refused, status = "", 200
    if not form.is_valid():
        refused, status = _first_error(form), INVALID
    else:
        try:
            actions.save_line(line, version=form.cleaned_data["version"], **form.values(), by=request.user)
        except FlowError as error:
            refused, status = str(error), CONFLICT
    if request.headers.get("Accept") == "application/json":
        return _saved(line, refused, status)
    if refused:
        messages.error(request, refused)
        return redirect("budgets:line_edit", line.pk)
    return redirect(f"{reverse('budgets:estimate_edit', args=[line.estimate_id])}#line-{line.pk}")


def _first_error(form: Any) -> str:
    for name, errors in form.errors.items():
        return f"{form[name].label}: {errors[0]}" if name in form.fields else str(errors[0])
    return ""


def _saved(line: EstimateLine, refused: str, status: int) -> JsonResponse:
    if refused:
        return JsonResponse({"error": refused}, status=status)
    found = queries.line_warnings(line.estimate, [line], clock.today()).get(line.pk, [])
    saved = _("Saved at %(time)s") % {"time": f"{clock.now().astimezone():%H:%M:%S}"}
    return JsonResponse(
        {
            "version": line.version,
            "amount": format_money(line.amount),
            "warnings": warned(found),
            "saved": saved,
            "totals": render_to_string(
                "budgets/totals.html", {"estimate": line.estimate, **_sums(line.estimate)}
            ),
        }
    )


@login_required
@require_http_methods(["GET", "POST"])
def line_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The row at the foot of the editor, or the whole form."""
    estimate = visible_estimate(request, pk)
    if elsewhere := sent_on(request, estimate):
        return elsewhere
    return act(
        request,
        form=LineForm(request.POST or None, estimate=estimate),
        run=lambda given: actions.add_line(estimate, **_without_version(given), by=request.user),
        heading=_("Add a line"),
        button=_("Add"),
        about=estimate,
        done=_("The line is added."),
        back=f"{reverse('budgets:estimate_edit', args=[pk])}?page=last#new",
    )


def _without_version(given: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != "version"}


@login_required
@require_http_methods(["GET", "POST"])
def line_edit(request: HttpRequest, pk: int) -> HttpResponse:
    line = visible_line(request, pk)
    if elsewhere := sent_on(request, line.estimate):
        return elsewhere
    return act(
        request,
        form=LineForm(request.POST or None, estimate=line.estimate, line=line),
        run=lambda given: actions.save_line(
            line, version=given["version"], **_without_version(given), by=request.user
        ),
        heading=_("Line %(number)s") % {"number": line.position},
        button=_("Save"),
        about=line.estimate,
        done=_("Saved."),
        back=f"{reverse('budgets:estimate_edit', args=[line.estimate_id])}#line-{line.pk}",
    )


@login_required
@require_http_methods(["GET", "POST"])
def line_remove(request: HttpRequest, pk: int) -> HttpResponse:
    line = visible_line(request, pk)
    if elsewhere := sent_on(request, line.estimate):
        return elsewhere
    return act(
        request,
        form=EmptyForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.remove_line(line, by=request.user),
        heading=_("Remove the line: %(line)s") % {"line": line},
        button=_("Remove"),
        tone="danger",
        about=line.estimate,
        done=_("The line is removed."),
        back=reverse("budgets:estimate_edit", args=[line.estimate_id]),
    )


@login_required
@require_http_methods(["GET", "POST"])
def estimate_paste(request: HttpRequest, pk: int) -> HttpResponse:
    estimate = visible_estimate(request, pk)
    if elsewhere := sent_on(request, estimate):
        return elsewhere
    form = PasteForm(request.POST or None, estimate=estimate)
    return act(
        request,
        form=form,
        run=lambda given: actions.write_lines(estimate, given["rows"], by=request.user),
        heading=_("Paste rows from a sheet"),
        button=_("Add the rows"),
        about=estimate,
        done=_("The rows are added."),
        back=f"{reverse('budgets:estimate_edit', args=[pk])}?page=last",
        extra={"columns": PasteForm.COLUMNS, "bad_rows": form.bad_rows},
    )
