from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import require
from loa.core.lists import list_page
from loa.core.pages import page
from loa.directory.models import Agency
from loa.documents.queries import place_url
from loa.plans import actions, queries
from loa.plans.filters import TaskFilter
from loa.plans.forms import ClassifyForm, OccurrenceForm, TargetForm
from loa.plans.models import Task
from loa.plans.tables import TaskTable
from loa.plans.views.acts import act
from loa.plans.views.plan import visible_plan
from loa.plans.views.tabs import tabs


def visible_task(request: HttpRequest, pk: int) -> Task:
    """The task with its plan and the plan's bodies, or 404."""
    tasks = queries.tasks_visible_to(request.user)
    return get_object_or_404(
        tasks.select_related("plan__coordinator", "plan__accepting_office", "plan__document"), pk=pk
    )


@login_required
@require_safe
def task_list(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    return list_page(
        request,
        "plans/task_list.html",
        rows=plan.tasks.prefetch_related("bodies"),
        table_class=TaskTable,
        filter_class=TaskFilter,
        export_name="nhiem-vu",
        context=tabs(request, plan, "task_list"),
    )


@login_required
@require_safe
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    context: dict[str, Any] = {
        "task": task,
        "plan": task.plan,
        "bodies": task.bodies.all(),
        "topics": task.topics.all(),
        "forms": task.forms.all(),
        "sheet": queries.task_sheet(task, request.user, clock.today()),
        "place_url": place_url(task.plan.document, request.user, task.source),
    }
    return page(request, "plans/task_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def task_classify(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    require(request.user, "plans.classify_tasks", task.plan)
    return act(
        request,
        form=ClassifyForm(request.POST or None, task=task),
        run=lambda given: actions.classify_task(task, **given, by=request.user),
        heading=_("Topics and forms"),
        button=_("Save"),
        about=task,
        done=_("The task is classified."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def target_enter(request: HttpRequest, pk: int) -> HttpResponse:
    targets = queries.targets_visible_to(request.user).select_related("task__plan")
    target = get_object_or_404(targets, pk=pk)
    require(request.user, "plans.enter_target", target)
    return act(
        request,
        form=TargetForm(request.POST or None, initial={"quantity": target.entered_quantity}),
        run=lambda given: actions.enter_target(target, **given, by=request.user),
        heading=_("What is reached: %(unit)s") % {"unit": target.unit},
        button=_("Save"),
        about=target.task,
        done=_("The figure is kept."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def occurrence_add(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible_task(request, pk)
    actions.require_occurrences_of(task, by=request.user)
    leads = Agency.objects.filter(pk__in=task.assignments.values("agency"))
    return act(
        request,
        form=OccurrenceForm(request.POST or None, leads=leads),
        run=lambda given: actions.add_occurrence(task, **given, by=request.user),
        heading=_("Add an occurrence"),
        button=_("Add"),
        about=task,
        done=_("The occurrence is added."),
    )
