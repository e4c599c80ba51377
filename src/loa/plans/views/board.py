"""The plan seen in other ways: columns by state, bars over months, topic × form."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.pages import page
from loa.plans import queries
from loa.plans.filters import AssignmentFilter
from loa.plans.models import Assignment, Plan, Talk
from loa.plans.views.plan import visible_plan
from loa.plans.views.tabs import tabs

BARS = 60


def filtered(request: HttpRequest, plan: Plan, tab: str) -> tuple[QuerySet[Assignment], dict[str, Any]]:
    """The plan's assignments under the filter that all its views share, and the context of its page."""
    rows = Assignment.objects.filter(plan=plan)
    chosen = AssignmentFilter(request.GET or None, queryset=rows, request=request)
    return chosen.qs, {**tabs(request, plan, tab), "filter": chosen}


@login_required
@require_safe
def plan_board(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    rows, context = filtered(request, plan, "plan_board")
    return page(request, "plans/plan_board.html", {**context, "columns": queries.board(rows)})


@login_required
@require_safe
def plan_timeline(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    rows, context = filtered(request, plan, "plan_timeline")
    today = clock.today()
    shown = (
        queries.with_standing(rows.exclude(state="passed_on"), today)
        .select_related("task", "agency")
        .order_by("task__position", "pk")
    )
    part = Paginator(shown, BARS).get_page(request.GET.get("page"))
    first, last = queries.dates_of(plan)
    scale = queries.month_scale(first or date(plan.year, 1, 1), last or date(plan.year, 12, 31))
    context |= {"scale": scale, "spans": queries.spans(part, scale), "today_x": scale.x(today), "part": part}
    return page(request, "plans/plan_timeline.html", context)


@login_required
@require_safe
def plan_coverage(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    rows, context = filtered(request, plan, "plan_coverage")
    talks = Talk.objects.filter(plan=plan)
    if context["filter"].form.is_valid() and (lead := context["filter"].form.cleaned_data.get("lead")):
        talks = talks.filter(agency=lead)
    found = queries.coverage(plan, rows, talks)
    return page(request, "plans/plan_coverage.html", {**context, "coverage": found})
