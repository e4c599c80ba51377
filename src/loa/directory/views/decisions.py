"""Preparing a decision that reorganises bodies. Its page, dry run and application stand on the desk."""

from __future__ import annotations

from copy import copy
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.core.acting import TAKEN, attempt
from loa.core.pages import page
from loa.directory import actions, forms, queries
from loa.directory.doors import for_administrators
from loa.directory.models import Reorganisation, ReorganisationDecision
from loa.directory.views.answering import answer, posted


@for_administrators
@require_http_methods(["GET", "POST"])
def decision_create(request: HttpRequest) -> HttpResponse:
    form = forms.DecisionForm(posted(request))
    made: list[ReorganisationDecision] = []
    status = attempt(
        request, form, lambda given: made.append(actions.prepare_decision(**given, by=request.user))
    )
    if status == TAKEN:
        return redirect(made[0])
    lead = _(
        "First the paper: its number, its day. Then what happens to which body. Nothing moves before you apply it."
    )
    context = {"heading": _("Prepare a reorganisation"), "lead": lead, "submit": _("Go on")}
    return page(request, "directory/form.html", {"form": form, "back": "..", **context}, status=status)


@for_administrators
@require_http_methods(["GET", "POST"])
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _decision(request, pk)
    return answer(
        request,
        forms.DecisionForm(posted(request), instance=copy(decision)),
        partial(actions.edit_decision, decision),
        done=_("Saved."),
        back=decision.get_absolute_url(),
        context={"heading": _("Correct the decision"), "lead": decision.number, "submit": _("Save")},
    )


@for_administrators
@require_http_methods(["GET", "POST"])
def act_add(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _decision(request, pk)
    return answer(
        request,
        forms.ActForm(posted(request)),
        partial(actions.add_act, decision),
        done=_("The act was added."),
        back=decision.get_absolute_url(),
        context={"heading": _("What happens"), "lead": decision.number, "submit": _("Add")},
    )


@for_administrators
@require_http_methods(["GET", "POST"])
def act_edit(request: HttpRequest, pk: int) -> HttpResponse:
    act = _act(request, pk)
    initial = {
        "kind": act.kind,
        "predecessors": _lines(act.predecessors.all()),
        "successors": _lines(act.successors.all()),
        "default_successor": act.default_successor,
        "new_name": act.new_name,
        "note": act.note,
    }
    return answer(
        request,
        forms.ActForm(posted(request), initial=initial),
        partial(actions.edit_act, act),
        done=_("Saved."),
        back=act.decided_by.get_absolute_url(),
        context={"heading": _("What happens"), "lead": act.decided_by.number, "submit": _("Save")},
    )


@for_administrators
@require_http_methods(["GET", "POST"])
def act_remove(request: HttpRequest, pk: int) -> HttpResponse:
    act = _act(request, pk)
    return answer(
        request,
        forms.ConfirmForm(posted(request)),
        partial(actions.remove_act, act),
        done=_("The act was removed."),
        back=act.decided_by.get_absolute_url(),
        context={
            "heading": _("Remove this act?"),
            "lead": f"{act.get_kind_display()}: {', '.join(body.name for body in act.predecessors.all())}",
            "submit": _("Remove"),
            "danger": True,
        },
    )


@for_administrators
@require_http_methods(["GET", "POST"])
def body_add(request: HttpRequest, pk: int) -> HttpResponse:
    decision = _decision(request, pk)
    lead = _("It exists from the day of the decision and can then be named as a successor.")
    return answer(
        request,
        forms.NewBodyForm(posted(request)),
        partial(actions.add_new_body, decision),
        done=_("The body was added."),
        back=decision.get_absolute_url(),
        context={"heading": _("Make a new body"), "lead": lead, "submit": _("Add")},
    )


@for_administrators
@require_http_methods(["GET", "POST"])
def people_move(request: HttpRequest, pk: int) -> HttpResponse:
    act = _act(request, pk)
    form = forms.PeopleForm(
        posted(request),
        memberships=queries.memberships_moved_by(act),
        successors=queries.places_of_people(act),
        told=act.people,
        default=queries.default_place(act),
    )
    status = attempt(
        request, form, lambda _given: actions.move_people(act, people=form.people, by=request.user)
    )
    if status == TAKEN:
        return redirect(act.decided_by)
    return page(request, "directory/people_move.html", {"form": form, "act": act}, status=status)


def _decision(request: HttpRequest, pk: int) -> ReorganisationDecision:
    return get_object_or_404(queries.decisions_visible_to(request.user), pk=pk)


def _act(request: HttpRequest, pk: int) -> Reorganisation:
    rows = queries.acts_visible_to(request.user).select_related("decided_by", "default_successor")
    return get_object_or_404(rows, pk=pk)


def _lines(bodies: object) -> str:
    return "\n".join(queries.agency_label(body) for body in bodies)  # type: ignore[attr-defined]
