"""Assignments to reporters."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core.access import permits
from loa.core.acting import act, refusal
from loa.core.doors import closed_without, hidden_without
from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans.queries import tasks_visible_to
from loa.portal.actions import assignments as actions
from loa.portal.filters.newsroom import NewsAssignmentFilter
from loa.portal.forms.assignments import GiveAssignmentForm, StepNoteForm
from loa.portal.models import NewsAssignment
from loa.portal.queries.assignments import assignments_for, news_assignments_visible_to
from loa.portal.states import NEWS_ASSIGNMENT
from loa.portal.tables.newsroom import NewsAssignmentTable
from loa.portal.views.back import Back, edit_of
from loa.portal.views.newsroom import ACT

BY_BUTTON = ("accept", "close", "cancel")


@hidden_without("portal.see_desk")
@require_safe
def news_assignment_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "portal/newsroom/assignment_list.html",
        rows=news_assignments_visible_to(request.user),
        table_class=NewsAssignmentTable,
        filter_class=NewsAssignmentFilter,
        export_name="giao-viet-bai",
        context={"may_give": permits(request.user, "portal.give_assignment")},
    )


@closed_without("portal.give_assignment")
@require_http_methods(["GET", "POST"])
def news_assignment_give(request: HttpRequest) -> HttpResponse:
    initial = {"work": request.GET.get("work", ""), "title": request.GET.get("title", "")[:200]}
    made: list[NewsAssignment] = []
    return act(
        request,
        template=ACT,
        form=GiveAssignmentForm(request.POST or None, user=request.user, initial=initial),
        run=lambda given: made.append(actions.give_assignment(**given, by=request.user)),
        heading=_("Give an assignment"),
        button=_("Give"),
        about=Back(_("Assignments to reporters"), reverse("portal:news_assignment_list")),
        done=_("Given. The reporter has been told."),
    )


def visible_assignment(request: HttpRequest, pk: int) -> NewsAssignment:
    return get_object_or_404(news_assignments_visible_to(request.user), pk=pk)


@login_required
@require_safe
def news_assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    opened = NEWS_ASSIGNMENT.open_to(request.user, assignment)
    context: dict[str, Any] = {
        "assignment": assignment,
        "steps": [step for step in opened if step.name in BY_BUTTON],
        "may_begin": any(step.name == "draft" for step in opened),
        "edit": edit_of(assignment.story) if assignment.story else "",
        "entries": entries_of([assignment]),
    }
    return page(request, "portal/newsroom/assignment_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def news_assignment_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    if refused := refusal(request, NEWS_ASSIGNMENT, assignment, step, template=ACT, known=BY_BUTTON):
        return refused
    chosen = NEWS_ASSIGNMENT.by_name[step]
    return act(
        request,
        template=ACT,
        form=StepNoteForm(request.POST or None, needs_note=chosen.needs_note),
        run=lambda given: actions.move_assignment(assignment, step=step, note=given["note"], by=request.user),
        heading=chosen.label,
        button=chosen.label,
        tone=chosen.tone,
        about=assignment,
        done=_("Done."),
    )


@login_required
@require_POST
def news_assignment_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft in the column, opened in the editor."""
    story = actions.begin_story(visible_assignment(request, pk), by=request.user)
    return redirect(edit_of(story))


@login_required
@require_safe
def task_news(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be written about a task: a fragment of its page."""
    task = get_object_or_404(tasks_visible_to(request.user), pk=pk)
    own = task.assignments.filter(agency=request.user.hat.agency).first() if request.user.hat else None
    context = {
        "task": task,
        "rows": assignments_for(task, request.user),
        "own": own if own and permits(request.user, "portal.give_assignment") else None,
    }
    return page(request, "portal/newsroom/task_news.html", context, part="fragment")
