from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.access import permits
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans import queries
from loa.plans.filters import DutyFilter, PlanFilter
from loa.plans.models import Plan
from loa.plans.tables import DutyTable, PlanTable
from loa.plans.views.charts import overview_charts
from loa.plans.views.tabs import tabs


def visible_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan with its three bodies and its paper, or 404."""
    plans = queries.plans_visible_to(request.user)
    return get_object_or_404(
        plans.select_related("document", "issuer", "coordinator", "accepting_office"), pk=pk
    )


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "plans/plan_list.html",
        rows=queries.plans_visible_to(request.user).select_related("coordinator"),
        table_class=PlanTable,
        filter_class=PlanFilter,
        export_name="ke-hoach",
    )


@login_required
@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    overview = queries.plan_overview(plan, clock.today())
    context = {
        **tabs(request, plan, "plan_detail"),
        "overview": overview,
        "charts": overview_charts(overview),
        "rules": plan.reporting_rules.select_related("to"),
        "amendments": queries.amendments_of(plan),
        "sub_plans": queries.sub_plan_count(plan, clock.today()),
        "unmatched_count": queries.unmatched_tasks(plan).count(),
        "entries": entries_of([plan])[:20],
        "may_issue": plan.state == "draft" and permits(request.user, "plans.issue_plan", plan),
        "may_close": plan.state == "issued" and permits(request.user, "plans.close_plan", plan),
    }
    return page(request, "plans/plan_detail.html", context)


@login_required
@require_safe
def duty_list(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    duties = queries.duty_assignments_visible_to(request.user).filter(plan=plan)
    return list_page(
        request,
        "plans/duty_list.html",
        rows=queries.with_evidence(duties.select_related("duty", "agency")),
        table_class=DutyTable,
        filter_class=DutyFilter,
        export_name="nhiem-vu-thuong-xuyen",
        context=tabs(request, plan, "duty_list"),
    )
