"""The end of a plan's year: closing it, what is carried over, next year's plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import permits, require
from loa.core.acting import attempt
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.plans import actions, queries
from loa.plans.filters import CarriedFilter
from loa.plans.forms import StepForm
from loa.plans.forms.closing import CloseForm, MatchForm, NextPlanForm
from loa.plans.tables import CarriedTable
from loa.plans.views.acts import TAKEN, act
from loa.plans.views.plan import visible_plan
from loa.plans.views.tabs import tabs
from loa.plans.views.task import visible_task


@login_required
@require_http_methods(["GET", "POST"])
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    require(request.user, "plans.close_plan", plan)
    form = CloseForm(request.POST or None, unfinished=queries.unfinished_tasks(plan))
    status = attempt(request, form, lambda given: _close(plan, given, request.user))
    if status == TAKEN:
        messages.success(request, _("The plan is closed."))
        return redirect(plan)
    context = {
        "plan": plan,
        "form": form,
        "why_not": queries.plan_refusal(plan),
        "extensions": queries.open_extensions(plan),
        "explanations": queries.explanations_owed_in(plan),
    }
    return page(request, "plans/plan_close.html", context, status=status)


def _close(plan: Any, given: dict[str, Any], user: Any) -> None:
    fates = {
        int(name.removeprefix("fate_")): actions.Fate(choice, given.get(name.replace("fate_", "why_"), ""))
        for name, choice in given.items()
        if name.startswith("fate_")
    }
    actions.close_plan(plan, note=given["note"], fates=fates, by=user)


@login_required
@require_safe
def plan_carry(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    may = permits(request.user, "plans.carry_over", plan)
    return list_page(
        request,
        "plans/plan_carry.html",
        rows=queries.carried_tasks(plan),
        table_class=CarriedTable,
        filter_class=CarriedFilter,
        export_name="chuyen-tiep",
        context={
            **tabs(request, plan, "plan_carry"),
            "may_carry": may,
            "unmatched_count": queries.unmatched_tasks(plan).count() if may else 0,
            "to_carry": queries.tasks_to_carry(plan) if may else [],
            "next_plans": queries.next_plans(plan, request.user),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan_matches(request: HttpRequest, pk: int) -> HttpResponse:
    """Which earlier task each task continues that is printed as carried over: proposed, confirmed by a person."""
    plan = visible_plan(request, pk)
    require(request.user, "plans.carry_over", plan)
    form = MatchForm(request.POST or None, unmatched=queries.proposed_matches(plan))
    return act(
        request,
        form=form,
        run=lambda _given: actions.link_predecessors(plan, links=form.links, by=request.user),
        heading=_("Which earlier task does each continue?"),
        button=_("Confirm"),
        about=plan,
        back=reverse("plans:plan_carry", args=[plan.pk]),
        done=_("The tasks are linked."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan_next(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    require(request.user, "plans.carry_over", plan)
    opened: list[Any] = []
    form = NextPlanForm(
        request.POST or None,
        request.FILES or None,
        initial={"title": plan.title.replace(str(plan.year), str(plan.year + 1))},
    )
    status = attempt(
        request, form, lambda given: opened.append(actions.open_next_plan(plan, **given, by=request.user))
    )
    if status == TAKEN:
        messages.success(request, _("The plan is kept as a draft with the tasks that were handed on."))
        return redirect(opened[0])
    context = {"form": form, "heading": _("Next year's plan"), "button": _("Open the draft"), "tone": "main"}
    return page(request, "plans/act.html", {**context, "about": plan}, part="act", status=status)


@login_required
@require_POST
def plan_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    try:
        count = actions.take_over_tasks(plan, by=request.user)
    except FlowError as refused:
        messages.error(request, str(refused))
    else:
        words = ngettext("%(n)d task is taken over.", "%(n)d tasks are taken over.", count)
        messages.success(request, words % {"n": count})
    return redirect("plans:plan_carry", plan.pk)


@login_required
@require_http_methods(["GET", "POST"])
def task_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    require(request.user, "plans.carry_over", task.plan)
    return act(
        request,
        form=StepForm(request.POST or None, needs_note=True),
        run=lambda given: actions.unlink_predecessor(task, note=given["note"], by=request.user),
        heading=_("It does not continue the earlier task"),
        button=_("Take the link back"),
        tone="danger",
        about=task,
        done=_("The tasks are no longer linked."),
    )
