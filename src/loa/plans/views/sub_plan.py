"""Plans of the agencies under this plan: who owes one, who has issued it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import permits, require
from loa.core.lists import list_page
from loa.plans import actions, queries
from loa.plans.filters import SubPlanFilter
from loa.plans.forms import StepForm
from loa.plans.forms.year import SubPlanDemandForm, SubPlanForm
from loa.plans.models import SubPlan, SubPlanDemand
from loa.plans.states import SUB_PLAN
from loa.plans.tables import SubPlanTable
from loa.plans.views.acts import act, refusal
from loa.plans.views.plan import visible_plan
from loa.plans.views.tabs import tabs


def visible_sub_plan(request: HttpRequest, pk: int) -> SubPlan:
    return get_object_or_404(queries.sub_plans_visible_to(request.user), pk=pk)


@login_required
@require_safe
def plan_sub_plans(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    rows = queries.sub_plans_visible_to(request.user).filter(demand__plan=plan)
    may = permits(request.user, "plans.ask_sub_plans", SubPlan(demand=SubPlanDemand(plan=plan)))
    own = queries.own_sub_plans(request.user).filter(demand__plan=plan, state="asked").first()
    return list_page(
        request,
        "plans/plan_sub_plans.html",
        rows=rows.order_by("duty_assignment__agency__sort_name"),
        table_class=SubPlanTable,
        filter_class=SubPlanFilter,
        export_name="ke-hoach-cua-co-quan",
        context={
            **tabs(request, plan, "plan_sub_plans"),
            "count": queries.sub_plan_count(plan, clock.today()),
            "children": plan.sub_plans.filter(pk__in=queries.plans_visible_to(request.user)),
            "own": own,
            "may_ask": may and plan.state == "issued",
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan_ask_sub_plans(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    require(request.user, "plans.ask_sub_plans", SubPlan(demand=SubPlanDemand(plan=plan)))
    return act(
        request,
        form=SubPlanDemandForm(request.POST or None, duties=plan.duties.all()),
        run=lambda given: actions.ask_for_sub_plans(**given, by=request.user),
        heading=_("Ask the bodies for plans of their own"),
        button=_("Ask"),
        about=plan,
        back=reverse("plans:plan_sub_plans", args=[plan.pk]),
        done=_("The bodies are asked."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def sub_plan_register(request: HttpRequest, pk: int) -> HttpResponse:
    sub_plan = visible_sub_plan(request, pk)
    before = queries.plan_refusal(sub_plan.demand.plan)
    if refused := refusal(request, SUB_PLAN, sub_plan, "register", before=before):
        return refused
    require(request.user, "plans.register_sub_plan", sub_plan)
    return act(
        request,
        form=SubPlanForm(request.POST or None, request.FILES or None, initial={"issued_on": clock.today()}),
        run=lambda given: actions.register_sub_plan(sub_plan, **given, by=request.user),
        heading=_("Our plan under %(number)s") % {"number": sub_plan.demand.plan.number},
        button=_("Enter our plan"),
        about=sub_plan,
        done=_("Your plan is entered and counts for the duty."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def sub_plan_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    sub_plan = visible_sub_plan(request, pk)
    before = queries.plan_refusal(sub_plan.demand.plan)
    if refused := refusal(request, SUB_PLAN, sub_plan, "take_back", before=before):
        return refused
    require(request.user, "plans.take_back_sub_plan", sub_plan)
    return act(
        request,
        form=StepForm(request.POST or None, needs_note=True),
        run=lambda given: actions.take_back_sub_plan(sub_plan, note=given["note"], by=request.user),
        heading=_("Take our plan back"),
        button=_("Take back"),
        tone="danger",
        about=sub_plan,
        done=_("It is taken back; your plan is owed again."),
    )
