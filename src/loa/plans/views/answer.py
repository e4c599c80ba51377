"""Answers: to a request for more time, to a question, to a request to take part; and what becomes of a series."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.plans import actions, queries
from loa.plans.forms import AnswerForm, OccurrenceStepForm
from loa.plans.states import EXPLANATION, EXTENSION, OCCURRENCE, REQUEST
from loa.plans.views.acts import act, refusal


@login_required
@require_http_methods(["GET", "POST"])
def extension_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    rows = queries.extensions_visible_to(request.user).select_related(
        "assignment__plan", "assignment__agency"
    )
    extension = get_object_or_404(rows, pk=pk)
    assignment = extension.assignment
    if refused := refusal(request, EXTENSION, extension, step, known=EXTENSION.buttons, about=assignment):
        return refused
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
    if refused := refusal(request, EXPLANATION, explanation, "give", about=assignment):
        return refused
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
    if refused := refusal(request, REQUEST, asked, step, known=REQUEST.buttons, about=asked.task):
        return refused
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
    if refused := refusal(
        request, OCCURRENCE, occurrence, step, known=OCCURRENCE.buttons, about=occurrence.task
    ):
        return refused
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
