"""A plan's money as a whole: opened, gathered by the coordinator, decided by the committee."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.budgets import actions, queries
from loa.budgets.filters import BudgetFilter, EstimateFilter
from loa.budgets.forms import ApprovalForm, BudgetForm, EmptyForm, GivenFormSet
from loa.budgets.models import Estimate, PlanBudget
from loa.budgets.states import ESTIMATE, ESTIMATE_STATES, WRITABLE_STATES
from loa.budgets.tables import BudgetTable, EstimateTable
from loa.budgets.views.acts import CONFLICT, INVALID, act
from loa.core import clock
from loa.core.access import permits, require
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.plans.queries import plans_visible_to, tasks_visible_to

BODIES = ("plan", "coordinator", "content_appraiser", "money_appraiser", "stand_in", "approver", "office")
MOVES = ("consolidate", "send_to_appraisal", "submit_to_committee")


def visible_budget(request: HttpRequest, pk: int) -> PlanBudget:
    return get_object_or_404(queries.budgets_visible_to(request.user).select_related(*BODIES), pk=pk)


@login_required
@require_safe
def budget_list(request: HttpRequest) -> HttpResponse:
    hat = request.user.hat
    own = Estimate.objects.filter(budget=OuterRef("pk"), agency=hat.agency if hat else None).values("state")[
        :1
    ]
    labels = Case(
        *(When(own_state=state, then=Value(str(label))) for state, label in ESTIMATE_STATES.items()),
        default=Value(""),
        output_field=CharField(),
    )
    rows = queries.budgets_visible_to(request.user).select_related("plan", "coordinator")
    waiting = queries.estimates_waiting_for(request.user).select_related("budget__plan", "agency")
    return list_page(
        request,
        "budgets/budget_list.html",
        rows=rows.annotate(own_state=Subquery(own)).annotate(own_state_label=labels),
        table_class=BudgetTable,
        filter_class=BudgetFilter,
        export_name="kinh-phi",
        context={"waiting": waiting[:10]},
    )


@login_required
@require_http_methods(["GET", "POST"])
def budget_open(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(plans_visible_to(request.user).select_related("coordinator", "issuer"), pk=pk)
    require(request.user, "budgets.open_budget", plan)
    proposal = queries.propose_budget(plan)
    return act(
        request,
        form=BudgetForm(request.POST or None, shown=proposal),
        run=lambda given: actions.open_budget(plan, **given, by=request.user),
        heading=_("Open the budget of the plan"),
        button=_("Open and ask for estimates"),
        about=plan,
        done=_("The budget is open; the bodies named in the plan are asked for their estimates."),
        extra={"said": plan.money_text},
    )


@login_required
@require_http_methods(["GET", "POST"])
def budget_change(request: HttpRequest, pk: int) -> HttpResponse:
    budget = visible_budget(request, pk)
    require(request.user, "budgets.manage_budget", budget)
    return act(
        request,
        form=BudgetForm(request.POST or None, shown=budget),
        run=lambda given: actions.change_budget(budget, **given, by=request.user),
        heading=_("Who does what with the money"),
        button=_("Save"),
        about=budget,
        done=_("Saved."),
    )


def _own_part(request: HttpRequest, budget: PlanBudget) -> Any:
    """None for who sees the whole budget, else the agency whose part is shown."""
    if queries.budgets_overseen_by(request.user).filter(pk=budget.pk).exists():
        return None
    return request.user.hat.agency


@login_required
@require_safe
def budget_detail(request: HttpRequest, pk: int) -> HttpResponse:
    budget = visible_budget(request, pk)
    agency = _own_part(request, budget)
    visible = queries.estimates_visible_to(request.user).filter(budget=budget)
    seen = set(visible.values_list("pk", flat=True))
    overview = queries.overview_of(budget, agency=agency)
    own = queries.own_estimate(request.user, budget)
    context = {
        "budget": budget,
        "current": "overview",
        "overview": overview,
        "seen": seen,
        "is_whole": agency is None,
        "own": own,
        "is_asked": _may_begin(request, budget) and (own is None or own.state in WRITABLE_STATES),
        "may_begin": _may_begin(request, budget),
        "may_manage": permits(request.user, "budgets.manage_budget", budget),
        "moves": _moves(request, budget),
        "may_approve": _waiting(request, budget).exists(),
        "approvals": queries.approvals_visible_to(request.user)
        .filter(budget=budget)
        .select_related("document"),
        "entries": entries_of([budget]),
    }
    return page(request, "budgets/budget_detail.html", context)


def _may_begin(request: HttpRequest, budget: PlanBudget) -> bool:
    hat = request.user.hat
    if not hat or not hat.holds("officer", "focal_point", "head"):
        return False
    return budget.plan.bodies.filter(agency=hat.agency).exists()


def _moves(request: HttpRequest, budget: PlanBudget) -> list[tuple[str, Any, int]]:
    """What the coordinator can do with all estimates that wait: (step, label, how many)."""
    if not permits(request.user, "budgets.manage_budget", budget):
        return []
    counts = queries.counted(budget.estimates.all())
    found = []
    for name in MOVES:
        step = ESTIMATE.by_name[name]
        count = sum(counts.get(state, 0) for state in step.sources)
        if count:
            found.append((name, step.label, count))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def budget_move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step for every estimate that waits for it."""
    budget = visible_budget(request, pk)
    if step not in MOVES:
        raise Http404
    require(request.user, "budgets.manage_budget", budget)
    taken = ESTIMATE.by_name[step]
    waiting = budget.estimates.filter(state__in=taken.sources).select_related("agency")
    return act(
        request,
        form=EmptyForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.move_all(budget, step, by=request.user),
        heading=taken.label,
        button=taken.label,
        about=budget,
        done=_("Done: %(step)s.") % {"step": taken.label},
        extra={"estimates": waiting},
    )


@login_required
@require_http_methods(["GET", "POST"])
def estimate_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """To one's own agency's estimate; begun by a POST where there is none."""
    budget = visible_budget(request, pk)
    own = queries.own_estimate(request.user, budget)
    if own is not None:
        return redirect(own)
    if not _may_begin(request, budget):
        raise PermissionDenied(_("Only bodies named in the plan propose money for it."))
    return act(
        request,
        form=EmptyForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.begin_estimate(budget, by=request.user),
        heading=_("Begin our estimate"),
        button=_("Begin"),
        about=budget,
        done=_("The estimate is begun."),
        back=request.path,
    )


@login_required
@require_safe
def estimate_list(request: HttpRequest, pk: int) -> HttpResponse:
    budget = visible_budget(request, pk)
    rows = queries.estimates_visible_to(request.user).filter(budget=budget)
    return list_page(
        request,
        "budgets/estimate_list.html",
        rows=rows.select_related("agency", "budget"),
        table_class=EstimateTable,
        filter_class=EstimateFilter,
        export_name="du-toan",
        context={"budget": budget, "current": "estimates"},
    )


def _waiting(request: HttpRequest, budget: PlanBudget) -> QuerySet[Estimate]:
    """Estimates this person may decide on: each asked for itself."""
    if not permits(request.user, "budgets.decide_budget", budget):
        return Estimate.objects.none()
    waiting = budget.estimates.filter(state="with_committee").select_related("budget", "agency")
    allowed = [
        row.pk
        for row in waiting.prefetch_related("hands")
        if permits(request.user, "budgets.approve_estimate", row)
    ]
    return Estimate.objects.filter(pk__in=allowed).select_related("budget__plan", "agency")


@login_required
@require_http_methods(["GET", "POST"])
def budget_approve(request: HttpRequest, pk: int) -> HttpResponse:
    budget = visible_budget(request, pk)
    require(request.user, "budgets.decide_budget", budget)
    waiting = _waiting(request, budget)
    posted = request.POST if request.method == "POST" else None
    initial = {"estimates": waiting, "decided_on": clock.today(), "subject": _subject(budget)}
    form = ApprovalForm(posted, waiting=waiting, initial=initial)
    rows = GivenFormSet(posted, form_kwargs={"waiting": waiting}, prefix="given")
    status = 200
    if posted is not None:
        status = _approve(request, budget, form, rows)
        if status == 302:
            messages.success(request, _("The decision is recorded."))
            return redirect(budget)
    context = {"budget": budget, "form": form, "rows": rows, "waiting": _with_totals(waiting)}
    return page(request, "budgets/budget_approve.html", context, status=status)


def _subject(budget: PlanBudget) -> str:
    return f"Phê duyệt dự toán kinh phí thực hiện {budget.plan.number} năm {budget.year}"


def _with_totals(waiting: QuerySet[Estimate]) -> list[tuple[Estimate, Any]]:
    return [(row, queries.totals_of(row)) for row in waiting[:50]]


def _approve(request: HttpRequest, budget: PlanBudget, form: ApprovalForm, rows: Any) -> int:
    if not (form.is_valid() and rows.is_valid()):
        return INVALID
    given = {
        row.line.pk: actions.Given(row.cleaned_data["amount"], row.cleaned_data["reason"])
        for row in rows
        if row.line is not None
    }
    chosen = form.cleaned_data["estimates"].prefetch_related("hands")
    kept = {name: form.cleaned_data[name] for name in ("number", "decided_on", "subject", "note")}
    try:
        actions.approve_estimates(budget, chosen, given=given, **kept, by=request.user)
    except FlowError as refused:
        form.add_error(None, str(refused))
        return CONFLICT
    return 302


@login_required
@require_safe
def plan_money(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan's money, as a fragment of the plan's page."""
    plan = get_object_or_404(plans_visible_to(request.user).select_related("coordinator"), pk=pk)
    agency = queries.money_shown_to(request.user, plan)
    context = {
        "plan": plan,
        "agency": agency,
        "money": queries.money_of_plan(plan, agency=agency),
        "budgets": queries.budgets_visible_to(request.user).filter(plan=plan),
        "may_open": plan.state == "issued" and permits(request.user, "budgets.open_budget", plan),
    }
    return page(request, "budgets/plan_money.html", context, part="fragment")


@login_required
@require_safe
def task_money(request: HttpRequest, pk: int) -> HttpResponse:
    """A task's money by agency, as a fragment of the task's page."""
    task = get_object_or_404(tasks_visible_to(request.user).select_related("plan"), pk=pk)
    agency = queries.money_shown_to(request.user, task.plan)
    found = queries.money_of_task(task.pk, agency=agency)
    estimates = queries.estimates_visible_to(request.user).filter(plan=task.plan, agency__in=found)
    rows = [(row, found[row.agency_id]) for row in estimates.select_related("agency", "budget__plan")]
    context = {"task": task, "rows": rows, "total": sum(found.values(), queries.Money()), "agency": agency}
    return page(request, "budgets/task_money.html", context, part="fragment")
