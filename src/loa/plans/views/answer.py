"""Answers: to a request for more time, to a question, to a request to take part; and what becomes of a series."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.core.workflow import Flow
from loa.plans import actions, queries
from loa.plans.forms import AnswerForm, OccurrenceStepForm
from loa.plans.states import EXPLANATION, EXTENSION, OCCURRENCE, REQUEST
from loa.plans.views.acts import act, closed_step


def _refusal(request: HttpRequest, flow: Flow, obj: Any, step: str, about: Any) -> HttpResponse | None:
    """An unknown step is 404; one that is not open is shown with its reason before anything is typed."""
    if step not in flow.by_name:
        raise Http404
    why_not = flow.why_not(request.user, obj, step)
    if why_not and request.method == "GET":
        return closed_step(request, step=flow.by_name[step], why_not=why_not, about=about)
    return None


@login_required
@require_http_methods(["GET", "POST"])
def extension_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    rows = queries.extensions_visible_to(request.user).select_related(
        "assignment__plan", "assignment__agency"
    )
    extension = get_object_or_404(rows, pk=pk)
    assignment = extension.assignment
    if refusal := _refusal(request, EXTENSION, extension, step, assignment):
        return refusal
    taken = EXTENSION.by_name[step]
    return act(
        request,
        form=AnswerForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=lambda given: actions.decide_extension(extension, step, answer=given["answer"], by=request.user),
        heading=_("More time, until %(date)s") % {"date": f"{extension.new_due_on:%d/%m/%Y}"},
        button=taken.label,
        tone=taken.tone,
        about=assignment,
        done=_("The request for more time is decided."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def explanation_give(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.explanations_visible_to(request.user).select_related(
        "assignment__plan", "assignment__agency"
    )
    explanation = get_object_or_404(rows, pk=pk)
    assignment = explanation.assignment
    if refusal := _refusal(request, EXPLANATION, explanation, "give", assignment):
        return refusal
    return act(
        request,
        form=AnswerForm(request.POST or None, needs_note=True),
        run=lambda given: actions.give_explanation(explanation, answer=given["answer"], by=request.user),
        heading=explanation.question,
        button=EXPLANATION.by_name["give"].label,
        about=assignment,
        done=_("The explanation is given."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def request_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    rows = queries.requests_visible_to(request.user).select_related("task__plan", "agency")
    asked = get_object_or_404(rows, pk=pk)
    if refusal := _refusal(request, REQUEST, asked, step, asked.task):
        return refusal
    taken = REQUEST.by_name[step]
    return act(
        request,
        form=AnswerForm(request.POST if request.method == "POST" else None, needs_note=taken.needs_note),
        run=lambda given: actions.answer_request(asked, step=step, answer=given["answer"], by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=asked.task,
        done=_("The answer is sent."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def occurrence_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    rows = queries.occurrences_visible_to(request.user).select_related("task__plan", "lead")
    occurrence = get_object_or_404(rows, pk=pk)
    if refusal := _refusal(request, OCCURRENCE, occurrence, step, occurrence.task):
        return refusal
    taken = OCCURRENCE.by_name[step]
    initial = {"on": occurrence.on, "slot": occurrence.slot, "place": occurrence.place}
    posted = request.POST if request.method == "POST" else None
    return act(
        request,
        form=OccurrenceStepForm(posted, step=step, needs_note=taken.needs_note, initial=initial),
        run=lambda given: actions.take_occurrence_step(occurrence, step, **given, by=request.user),
        heading=f"{taken.label}: {occurrence.title}",
        button=taken.label,
        tone=taken.tone,
        about=occurrence.task,
        done=_("The occurrence is changed."),
    )
