"""The views of one plan: moving between them keeps the filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.plans.filters import FIELDS
from loa.plans.models import Plan

TABS = (
    ("plan_detail", _("At a glance")),
    ("task_list", pgettext_lazy("of a plan", "Tasks")),
    ("assignment_list", _("Assigned work")),
    ("plan_board", _("Board")),
    ("plan_timeline", pgettext_lazy("chart", "Timeline")),
    ("plan_calendar", _("Calendar")),
    ("plan_coverage", _("Coverage")),
    ("duty_list", _("Standing duties")),
    ("plan_carry", _("Carried over")),
    ("plan_amendments", _("Amendments")),
    ("plan_sub_plans", _("Agencies' plans")),
    ("plan_guidance", _("Guidance")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    label: Any
    url: str
    is_current: bool


def tabs(request: HttpRequest, plan: Plan, current: str) -> dict[str, Any]:
    """Context for plans/tabs.html: `plan`, `tabs`, `filter_query` ("?lead=3" or "")."""
    kept = request.GET.copy()
    for name in list(kept):
        if name not in FIELDS or not kept[name]:
            del kept[name]
    query = f"?{kept.urlencode()}" if kept else ""
    found = [
        Tab(label, reverse(f"plans:{name}", args=[plan.pk]) + query, name == current) for name, label in TABS
    ]
    return {"plan": plan, "tabs": found, "filter_query": query}
