"""The desk of a dialogue: let questions through, send them to the panel, write, sign. All of it on a phone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import clock, live
from loa.core.access import permits, require
from loa.core.acting import TAKEN, attempt
from loa.core.acting import act as core_act
from loa.core.history import entries_of
from loa.core.pages import page
from loa.events.models import Event
from loa.events.queries import run_length
from loa.feedback import actions, hall, queries
from loa.feedback.forms import (
    AnswerForm,
    AttachForm,
    EnterForm,
    GroupForm,
    PollForm,
    PublicTextForm,
    ReasonForm,
    RouteForm,
    SignForm,
)
from loa.feedback.models import Poll, Question

ON_A_PAGE = 40
ACT = "feedback/moderation/act.html"
act = partial(core_act, template=ACT)
TABS = ("pending", "shown", "to_sign", "postponed", "answered", "refused", "grouped")


def visible_dialogue(request: HttpRequest, pk: int) -> Event:
    rows = queries.dialogues_visible_to(request.user).select_related("agency", "chair")
    return get_object_or_404(rows, pk=pk)


def visible_question(request: HttpRequest, pk: int) -> Question:
    rows = queries.questions_visible_to(request.user).select_related(
        "case__intake", "case__drafted_by", "event__chair"
    )
    return get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def hall_list(request: HttpRequest) -> HttpResponse:
    rows = queries.with_answer_counts(queries.dialogues_visible_to(request.user).select_related("agency"))
    found = Paginator(rows.order_by("-starts_at", "-pk"), ON_A_PAGE).get_page(request.GET.get("page", 1))
    return page(request, "feedback/moderation/list.html", {"dialogues": found})


@login_required
@require_safe
def hall_desk(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_dialogue(request, pk)
    since = live.last_number(hall.desk_topic(event))
    mine = queries.questions_visible_to(request.user).filter(event=event)
    counts = queries.counts_of_states(mine)
    tab = request.GET.get("xem", "")
    if tab not in TABS:
        tab = next((name for name in ("pending", "to_sign", "shown") if counts.get(name)), "shown")
    rows = mine.filter(queries.TO_SIGN) if tab == "to_sign" else mine.filter(state=tab)
    order = ("-on_air_at", "-is_shortlisted", "-likes_count", "pk") if tab == "shown" else ("pk",)
    context = {
        "event": event,
        "topic": hall.desk_topic(event),
        "since": since,
        "tab": tab,
        "tabs": [(name, label, counts.get(name, 0)) for name, label in _tab_names().items()],
        "questions": Paginator(rows.order_by(*order), ON_A_PAGE).get_page(request.GET.get("page", 1)),
        "runs_hall": permits(request.user, "feedback.run_hall", event),
        "on_air": hall.on_air_of(event),
        "length": run_length(event, clock.now()),
        "tally": queries.tally(event),
    }
    return page(request, "feedback/moderation/desk.html", context, part="queue")


@login_required
@require_safe
def hall_fragment(request: HttpRequest, pk: int) -> HttpResponse:
    """On the page of the event: what was asked, and the ways on."""
    event = visible_dialogue(request, pk)
    context = {
        "event": event,
        "tally": queries.tally(event),
        "may_write": permits(request.user, "portal.see_desk"),
    }
    return page(request, "feedback/moderation/fragment.html", context, part="fragment")


def _tab_names() -> dict[str, str]:
    return {
        "pending": _("Waiting"),
        "shown": pgettext("question", "Shown"),
        "to_sign": _("To sign"),
        "postponed": _("In writing"),
        "answered": pgettext("question", "Answered"),
        "refused": pgettext("question", "Not shown"),
        "grouped": _("With another"),
    }


@login_required
@require_safe
def moderated_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = visible_question(request, pk)
    case, user = question.case, request.user
    moderates = permits(user, "feedback.moderate", question)
    drafts = permits(user, "feedback.draft_live", question) and case.state in ("assigned", "answering")
    public_text = question.public_text or queries.proposed_text(case)
    context = {
        "question": question,
        "case": case,
        "event": question.event,
        "moderates": moderates,
        "public_form": PublicTextForm(initial={"public_text": public_text}),
        "route_form": RouteForm(event=question.event, initial={"agency": case.agency_id}),
        "group_form": GroupForm(question=question) if moderates else None,
        "answer_form": AnswerForm(initial={"text": case.answer, "edition": case.edition}) if drafts else None,
        "may_sign": _may_sign(request, question),
        "grouped": question.grouped.select_related("case"),
        "entries": entries_of([question, case])[:40],
    }
    return page(request, "feedback/moderation/question.html", context)


def _may_sign(request: HttpRequest, question: Question) -> bool:
    waits = question.state in ("shown", "postponed") and bool(question.case.answer)
    return waits and permits(request.user, "feedback.sign_question", question)


Runner = Callable[[Question, dict[str, Any], Any], object]
STEPS: dict[str, tuple[str, Callable[..., forms.Form], Runner]] = {
    "show": (
        "moderate",
        lambda data, question: PublicTextForm(
            data, initial={"public_text": queries.proposed_text(question.case)}
        ),
        lambda question, given, by: actions.show_question(question, by=by, **given),
    ),
    "refuse": (
        "moderate",
        lambda data, _question: ReasonForm(data),
        lambda question, given, by: actions.refuse_question(question, by=by, **given),
    ),
    "group": (
        "moderate",
        lambda data, question: GroupForm(data, question=question),
        lambda question, given, by: actions.group_question(question, given["lead"], by=by),
    ),
    "route": (
        "moderate",
        lambda data, question: RouteForm(data, event=question.event),
        lambda question, given, by: actions.route_question(question, by=by, **given),
    ),
    "shortlist": (
        "moderate",
        lambda data, _question: forms.Form(data),
        lambda question, _given, by: actions.shortlist_question(
            question, is_wanted=not question.is_shortlisted, by=by
        ),
    ),
    "on_air": (
        "moderate",
        lambda data, _question: forms.Form(data),
        lambda question, _given, by: actions.put_on_air(question, by=by),
    ),
    "postpone": (
        "moderate",
        lambda data, _question: ReasonForm(data),
        lambda question, given, by: actions.postpone_question(question, by=by, **given),
    ),
    "bring_back": (
        "moderate",
        lambda data, _question: forms.Form(data),
        lambda question, _given, by: actions.bring_back_question(question, by=by),
    ),
    "draft": (
        "draft_live",
        lambda data, _question: AnswerForm(data),
        lambda question, given, by: actions.draft_live(question, by=by, **given),
    ),
    "sign": (
        "sign_question",
        lambda data, question: SignForm(data, initial={"edition": question.case.edition}),
        lambda question, given, by: actions.sign_answer(question, by=by, **given),
    ),
}


def _step_names() -> dict[str, str]:
    return {
        "show": _("Show it"),
        "refuse": _("Do not show it"),
        "group": _("Answer with another"),
        "route": _("Send to the panel"),
        "shortlist": _("Shortlist"),
        "on_air": _("Put on air"),
        "postpone": _("Answer later in writing"),
        "bring_back": _("Bring back into the session"),
        "draft": _("Save the answer"),
        "sign": _("Sign off: everybody reads it at once"),
    }


@login_required
@require_http_methods(["GET", "POST"])
def question_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    question = visible_question(request, pk)
    if step not in STEPS:
        raise Http404
    permission, make_form, run = STEPS[step]
    require(request.user, f"feedback.{permission}", question)
    form = make_form(request.POST if request.method == "POST" else None, question)
    name = _step_names()[step]
    return act(
        request,
        form=form,
        run=lambda given: run(question, given, request.user),
        heading=name,
        button=name,
        about=question,
        done=_("Done."),
        tone="danger" if step == "refuse" else "main",
        back=_back(request, question),
        extra={"said": question.case.content},
    )


def _back(request: HttpRequest, question: Question) -> str:
    """To the queue where one came from it, so that the next question is under the thumb."""
    tab = request.POST.get("tab", "") or request.GET.get("tab", "")
    return (
        f"/phan-anh/doi-thoai/{question.event_id}/?xem={tab}" if tab in TABS else question.get_absolute_url()
    )


@login_required
@require_http_methods(["GET", "POST"])
def hall_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """A reporter in the hall, an operator at the phone."""
    event = visible_dialogue(request, pk)
    require(request.user, "feedback.enter_case")
    form = EnterForm(request.POST if request.method == "POST" else None, initial=_fresh())
    receipts: list[Any] = []
    status = attempt(request, form, lambda given: receipts.append(_enter(event, given, request.user)))
    context: dict[str, Any] = {"event": event, "form": form}
    if status == TAKEN:
        context, status = context | {"receipt": receipts[0], "form": EnterForm(initial=_fresh())}, 200
    return page(request, "feedback/moderation/enter.html", context, status=status)


def _fresh() -> dict[str, str]:
    return {"key": secrets.token_urlsafe(24)}


def _enter(event: Event, given: dict[str, Any], by: Any) -> Any:
    consents = {"name": _("Agrees that the name is shown beside the question")} if given["may_name"] else {}
    identity = actions.Identity(name=given["name"], phone=given["phone"])
    return actions.ask_question(
        event, given["text"], key=given["key"], identity=identity, consents=consents, by=by
    )


@login_required
@require_http_methods(["GET", "POST"])
def hall_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """An episode answers questions that came in before it as cases."""
    event = visible_dialogue(request, pk)
    require(request.user, "feedback.run_hall", event)
    form = AttachForm(
        request.POST if request.method == "POST" else None, cases=queries.cases_visible_to(request.user)
    )
    return act(
        request,
        form=form,
        run=lambda given: actions.attach_case(event, given["code"], by=request.user),
        heading=_("Answer a case in this session"),
        button=_("Bring it into the session"),
        about=event,
        done=_("It stands among the questions of the session."),
        back=f"/phan-anh/doi-thoai/{event.pk}/",
    )


@login_required
@require_http_methods(["GET", "POST"])
def hall_polls(request: HttpRequest, pk: int) -> HttpResponse:
    event = visible_dialogue(request, pk)
    require(request.user, "feedback.run_hall", event)
    form = PollForm(request.POST if request.method == "POST" else None)
    status = attempt(request, form, lambda given: actions.draft_poll(event, by=request.user, **given))
    if status == TAKEN:
        return redirect("feedback:hall_polls", event.pk)
    context = {"event": event, "form": form, "polls": event.polls.prefetch_related("choices").order_by("-pk")}
    return page(request, "feedback/moderation/polls.html", context, status=status)


@login_required
@require_POST
def poll_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    events = queries.dialogues_visible_to(request.user)
    poll = get_object_or_404(Poll.objects.filter(event__in=events).select_related("event__agency"), pk=pk)
    run = {"mo": actions.open_poll, "dong": actions.close_poll}.get(step)
    if run is None:
        raise Http404
    run(poll, by=request.user)
    return redirect("feedback:hall_polls", poll.event_id)


@login_required
@require_http_methods(["GET", "POST"])
def hall_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The session's minutes, begun from what was answered in it; they go on as a paper of the event."""
    event = visible_dialogue(request, pk)
    require(request.user, "feedback.run_hall", event)
    made: list[Any] = []
    return act(
        request,
        form=forms.Form(request.POST if request.method == "POST" else None),
        run=lambda _given: made.append(actions.write_minutes(event, by=request.user)),
        heading=_("Write the minutes from the transcript"),
        button=_("Begin the minutes"),
        about=event,
        done=_("The minutes are begun: read them through and hand them to the head."),
        back=f"/quan-ly-su-kien/{event.pk}/van-ban/",
    )
