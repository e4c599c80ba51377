from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.access import require
from loa.core.lists import list_page
from loa.core.pages import page
from loa.plans import actions, queries
from loa.plans.filters import AssignmentFilter
from loa.plans.forms import ExplanationForm, ExtensionForm, OfficerForm, StepForm
from loa.plans.models import Assignment
from loa.plans.states import ASSIGNMENT
from loa.plans.tables import AssignmentTable
from loa.plans.views.acts import act, refusal
from loa.plans.views.plan import visible_plan
from loa.plans.views.tabs import tabs

_RELATED = ("task", "plan__coordinator", "plan__accepting_office", "agency", "officer")


def visible_assignment(request: HttpRequest, pk: int) -> Assignment:
    """The assignment with its task, plan and people, or 404."""
    assignments = queries.assignments_visible_to(request.user)
    return get_object_or_404(assignments.select_related(*_RELATED), pk=pk)


@login_required
@require_safe
def assignment_list(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    return list_page(
        request,
        "plans/assignment_list.html",
        rows=Assignment.objects.filter(plan=plan).select_related("task", "agency"),
        table_class=AssignmentTable,
        filter_class=AssignmentFilter,
        export_name="viec-duoc-giao",
        context=tabs(request, plan, "assignment_list"),
    )


@login_required
@require_safe
def assignment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    sheet = queries.assignment_sheet(assignment, request.user)
    return page(request, "plans/assignment_detail.html", {"assignment": assignment, "sheet": sheet})


@login_required
@require_http_methods(["GET", "POST"])
def assignment_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    before = queries.plan_refusal(assignment.plan)
    if refused := refusal(request, ASSIGNMENT, assignment, step, known=ASSIGNMENT.buttons, before=before):
        return refused
    taken = ASSIGNMENT.by_name[step]
    return act(
        request,
        form=StepForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=lambda given: actions.take_assignment_step(assignment, step, note=given["note"], by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=assignment,
        done=_("Done: %(step)s.") % {"step": taken.label},
    )


@login_required
@require_http_methods(["GET", "POST"])
def assignment_officer(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    require(request.user, "plans.name_officer", assignment)
    officers = queries.officers_of(assignment)
    return act(
        request,
        form=OfficerForm(request.POST or None, officers=officers, initial={"officer": assignment.officer}),
        run=lambda given: actions.name_officer(assignment, **given, by=request.user),
        heading=_("Name the officer in charge"),
        button=_("Assign"),
        about=assignment,
        done=_("The officer is assigned."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def extension_ask(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    require(request.user, "plans.ask_extension", assignment)
    return act(
        request,
        form=ExtensionForm(request.POST or None),
        run=lambda given: actions.ask_extension(assignment, **given, by=request.user),
        heading=_("Ask for more time"),
        button=_("Ask"),
        about=assignment,
        done=_("The request for more time is sent."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def explanation_ask(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = visible_assignment(request, pk)
    require(request.user, "plans.ask_explanation", assignment)
    rule = queries.explanation_rule(clock.today())
    return act(
        request,
        form=ExplanationForm(
            request.POST or None, initial={"working_days": rule["working_days"]} if rule else None
        ),
        run=lambda given: actions.ask_explanation(assignment, **given, by=request.user),
        heading=_("Ask for an explanation"),
        button=_("Ask"),
        about=assignment,
        done=_("The question is sent."),
    )
