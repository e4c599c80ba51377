"""The acts on a running case, each with its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from loa.core import clock
from loa.core.access import require
from loa.directory.models import User
from loa.feedback import actions, queries
from loa.feedback.forms import (
    ExtendForm,
    GiveBackForm,
    MergeForm,
    NoteForm,
    OfficerForm,
    QuestionForm,
    TransferForm,
    WordsForm,
)
from loa.feedback.models import Case
from loa.feedback.states import CASE
from loa.feedback.views.acts import act, posted, refusal
from loa.feedback.views.cases import visible_case

Making = Callable[[HttpRequest, Case], BaseForm]


def _note(request: HttpRequest, _case: Case) -> BaseForm:
    return NoteForm(posted(request))


def _reason(request: HttpRequest, _case: Case) -> BaseForm:
    return NoteForm(posted(request), needs_note=True)


def _officer(request: HttpRequest, case: Case) -> BaseForm:
    officers = queries.colleagues_on(case.agency, clock.today())
    return OfficerForm(posted(request), officers=officers, initial=case.officer_id or request.user.pk)


def _transfer(request: HttpRequest, _case: Case) -> BaseForm:
    return TransferForm(posted(request), agencies=queries.agencies_on(clock.today()))


def _give_back(request: HttpRequest, _case: Case) -> BaseForm:
    return GiveBackForm(posted(request), agencies=queries.agencies_on(clock.today()))


def _reopen(case: Case, *, note: str, by: User) -> None:
    actions.reopen_case(case, reason=note, by=by)


STEPS: dict[str, tuple[Making, Callable[..., Any]]] = {
    "accept": (_officer, actions.accept_case),
    "transfer": (_transfer, actions.transfer_case),
    "give_back": (_give_back, actions.give_back_case),
    "hand_to_head": (_note, actions.hand_answer_to_head),
    "return_to_officer": (_reason, actions.return_to_officer),
    "approve": (_note, actions.approve_answer),
    "return_answer": (_reason, actions.return_answer),
    "send": (_note, actions.send_answer),
    "reopen": (_reason, _reopen),
}
SHOWS_ANSWER = ("hand_to_head", "return_to_officer", "approve", "return_answer", "send", "reopen")


@login_required
@require_http_methods(["GET", "POST"])
def case_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    case = visible_case(request, pk)
    if refused := refusal(request, CASE, case, step, known=STEPS):
        return refused
    make_form, run = STEPS[step]
    taken = CASE.by_name[step]
    return act(
        request,
        form=make_form(request, case),
        run=lambda given: run(case, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=case,
        back=case.get_absolute_url(),
        done=_("Done: %(step)s.") % {"step": taken.label},
        extra={"case": case, "shows_answer": step in SHOWS_ANSWER},
    )


@login_required
@require_http_methods(["GET", "POST"])
def case_officer(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.manage_case", case)
    return act(
        request,
        form=_officer(request, case),
        run=lambda given: actions.name_officer(case, **given, by=request.user),
        heading=_("Assign another officer"),
        button=_("Assign"),
        about=case,
        done=_("The officer is assigned."),
        extra={"case": case},
    )


@login_required
@require_http_methods(["GET", "POST"])
def case_extend(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.extend", case)
    return act(
        request,
        form=ExtendForm(posted(request)),
        run=lambda given: actions.extend_case(case, **given, by=request.user),
        heading=_("Extend the time"),
        button=_("Extend the time"),
        about=case,
        done=_("The time is extended; the sender is told."),
        extra={"case": case, "lead": _extension_in_words(case)},
    )


def _extension_in_words(case: Case) -> str:
    extension = queries.extension_open_to(case, clock.today())
    if extension is None:
        return ""
    return ngettext(
        "The answer is due on %(due_on)s; with %(days)d more day it is due on %(until)s.",
        "The answer is due on %(due_on)s; with %(days)d more days it is due on %(until)s.",
        extension.days,
    ) % {
        "due_on": f"{extension.due_on:%d/%m/%Y}",
        "days": extension.days,
        "until": f"{extension.until:%d/%m/%Y}",
    }


@login_required
@require_http_methods(["GET", "POST"])
def case_status(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.write_answer", case)
    return act(
        request,
        form=WordsForm(posted(request)),
        run=lambda given: actions.say_status(case, **given, by=request.user),
        heading=_("Inform the sender of progress"),
        button=_("Inform"),
        about=case,
        done=_("The sender is informed of progress."),
        extra={"case": case},
    )


@login_required
@require_http_methods(["GET", "POST"])
def case_ask(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.ask_information", case)
    return act(
        request,
        form=QuestionForm(posted(request)),
        run=lambda given: actions.ask_information(case, **given, by=request.user),
        heading=_("Ask the sender for information"),
        button=_("Ask"),
        about=case,
        done=_("The question is sent; the time limits are suspended until the reply."),
        extra={"case": case},
    )


@login_required
@require_http_methods(["GET", "POST"])
def case_resume(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.ask_information", case)
    return act(
        request,
        form=NoteForm(posted(request)),
        run=lambda given: actions.end_waiting(case, note=given["note"], by=request.user),
        heading=_("Stop waiting"),
        button=_("Stop waiting"),
        about=case,
        done=_("The time limits run again."),
        extra={"case": case},
    )


@login_required
@require_http_methods(["GET", "POST"])
def case_merge(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.merge", case)
    words = request.GET.get("q", "")
    found = queries.merge_targets(case, request.user, words)[:20]
    targets = queries.cases_visible_to(request.user).exclude(pk=case.pk)
    return act(
        request,
        form=MergeForm(posted(request), targets=targets, initial=request.GET.get("into", "")),
        run=lambda given: actions.merge_case(case, given["into"], by=request.user),
        heading=_("Answer together with another"),
        button=_("Answer together"),
        about=case,
        done=_("The case is answered together with the other; its sender is told."),
        extra={"case": case, "targets": found, "words": words},
    )
