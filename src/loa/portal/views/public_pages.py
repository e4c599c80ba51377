"""What stands on each page of a public plan, for readers and for who looks at it before it is public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.budgets.queries.money import money_by_agency, money_by_task, money_of_plan
from loa.core import clock
from loa.directory.models import Agency
from loa.plans.models import Assignment, Plan, Talk, Task
from loa.plans.queries import amendments_of, coverage, month_scale, plan_overview, spans, with_standing
from loa.portal.filters.transparency import PublicTaskFilter
from loa.portal.models import PlanPublication
from loa.portal.queries import public_changes, transparency

TASKS, BARS, LATE = 50, 80, 20
Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tab:
    url: str
    label: Any  # lazy
    is_current: bool


def overview(request: HttpRequest, publication: PlanPublication) -> Context:
    plan, today = publication.plan, clock.today()
    counted = plan_overview(plan, today)
    late = transparency.with_leads(transparency.late_tasks(plan, today), today)
    return {
        "overview": counted,
        "segments": transparency.segments(counted.tasks),
        "agencies": transparency.agency_rows(counted.agencies),
        "topics": [(row, transparency.segments(row.tally)) for row in counted.topics if row.tally.total],
        "late": transparency.told_tasks(late[:LATE], today),
        "milestones": public_changes.milestones([publication]),
        "reports": transparency.public_reports([plan]) if publication.shows_reports else [],
        "amendments": amendments_of(plan),
        "approved": money_of_plan(plan).approved if publication.shows_money else 0,
        "fates": transparency.fates_of(plan) if plan.state == "closed" else [],
    }


def tasks(request: HttpRequest, publication: PlanPublication) -> Context:
    plan, today = publication.plan, clock.today()
    rows = plan.tasks.order_by("position")
    chosen = PublicTaskFilter(request.GET or None, queryset=rows, request=request, plan=plan)
    part = Paginator(transparency.with_leads(chosen.qs, today), TASKS).get_page(request.GET.get("page"))
    return {
        "filter": chosen,
        "filter_query": any(request.GET.get(name) for name in chosen.filters),
        "part": part,
        "tasks": transparency.told_tasks(part, today),
    }


def timeline(request: HttpRequest, publication: PlanPublication) -> Context:
    plan, today = publication.plan, clock.today()
    rows = with_standing(plan.assignments.exclude(state="passed_on"), today)
    ordered = rows.select_related("task", "agency").order_by("task__position", "agency__sort_name")
    part = Paginator(ordered, BARS).get_page(request.GET.get("page"))
    scale = month_scale(*public_changes.span_of(plan))
    return {"part": part, "scale": scale, "spans": spans(part, scale), "today_x": scale.x(today)}


def covering(request: HttpRequest, publication: PlanPublication) -> Context:
    plan = publication.plan
    found = coverage(plan, Assignment.objects.filter(plan=plan), Talk.objects.filter(plan=plan))
    return {"coverage": found}


def money(request: HttpRequest, publication: PlanPublication) -> Context:
    """Approved amounts alone, largest first; what was asked for or cut stays inside."""
    plan = publication.plan
    by_task, by_agency = money_by_task(plan), money_by_agency(plan)
    total = money_of_plan(plan).approved
    rows = [(task, by_task[task.pk].approved) for task in Task.objects.filter(pk__in=by_task)]
    agencies = [(agency, by_agency[agency.pk].approved) for agency in Agency.objects.filter(pk__in=by_agency)]
    of_tasks = sum(amount for _task, amount in rows)
    return {
        "total": total,
        "by_task": [(task, amount) for task, amount in rows if amount],
        "other": total - of_tasks,
        "by_agency": [(agency, amount) for agency, amount in agencies if amount],
    }


def task(publication: PlanPublication, task_id: int) -> Context:
    """One task with its leads; raises Task.DoesNotExist where the plan has no such task."""
    today = clock.today()
    rows = transparency.with_leads(Task.objects.filter(plan=publication.plan, pk=task_id), today)
    found = rows.prefetch_related("topics", "forms", "bodies").get()
    (told,) = transparency.told_tasks([found], today)
    return {
        "told": told,
        "task": found,
        "occurrences": found.occurrences.select_related("lead").order_by("on", "position"),
        "results": transparency.shown_results(publication, found),
        "approved": transparency.approved_for(publication, found),
        **transparency.neighbours(found),
    }


PAGES: dict[str, tuple[Any, str, Callable[[HttpRequest, PlanPublication], Context]]] = {
    "plan_public": (_("Overview"), "portal/transparency/overview.html", overview),
    "public_tasks": (pgettext_lazy("of a plan", "Tasks"), "portal/transparency/tasks.html", tasks),
    "public_timeline": (pgettext_lazy("chart", "Timeline"), "portal/transparency/timeline.html", timeline),
    "public_coverage": (_("Coverage"), "portal/transparency/coverage.html", covering),
    "public_money": (_("Money"), "portal/transparency/money.html", money),
}


def pages_of(publication: PlanPublication) -> list[str]:
    return [name for name in PAGES if name != "public_money" or publication.shows_money]


def plan_context(request: HttpRequest, publication: PlanPublication, name: str, day: date) -> Context:
    """A page of the plan in its frame."""
    plan: Plan = publication.plan
    tabs = [
        Tab(reverse(f"portal:{each}", args=[plan.pk]), PAGES[each][0], each == name)
        for each in pages_of(publication)
    ]
    frame = {
        "plan": plan,
        "publication": publication,
        "tabs": tabs,
        "day": day,
        "site_url": settings.BASE_URL,
    }
    return {**frame, **PAGES[name][2](request, publication)}
