"""The asker's own page of a case, opened with code and secret; no session, no account, no trace in a cache."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.acting import TAKEN, attempt
from loa.core.pages import page
from loa.core.sealing import open_sealed
from loa.core.throttle import HOUR, count_up, counted, is_too_much, is_used_up
from loa.feedback import actions, queries
from loa.feedback.forms import FollowForm
from loa.feedback.forms import own_case as forms
from loa.feedback.models import Case, DataRequest, Rating
from loa.feedback.views.gate import (
    ACTS,
    WRONG_FOR_CODE,
    WRONG_SECRETS,
    open_case_in,
    opened,
    private_page,
)


@private_page
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Code and secret. Who guesses often is held off; a code that was guessed at often asks a small sum besides."""
    code = (request.POST.get("code") or request.GET.get("code") or "").strip().upper()[:30]
    must_prove = counted(f"wrong-secret:{code}") >= WRONG_FOR_CODE
    form = FollowForm(request.POST or None, initial={"code": code}, must_prove=must_prove)
    status = 200
    if request.method == "POST":
        if is_used_up(request, WRONG_SECRETS):
            return page(request, "feedback/own/follow.html", {"is_too_much": True}, status=429)
        if form.is_valid():
            return open_case_in(redirect("feedback:own_case", form.found_code), form.found_code)
        if form.is_wrong:
            is_too_much(request, WRONG_SECRETS)
            count_up(f"wrong-secret:{code}", HOUR)
        status = 422
    context = {"form": form, "asked": form.asked() if must_prove else None}
    return page(request, "feedback/own/follow.html", context, status=status)


def own(request: HttpRequest, code: str) -> Case | None:
    found = opened(request, code)
    return found if isinstance(found, Case) else None


def to_door(code: str) -> HttpResponse:
    """Code and secret are asked for again; whether such a case exists is not said."""
    return redirect(f"{reverse('feedback:follow')}?code={code}")


@private_page
@require_safe
def own_case(request: HttpRequest, code: str) -> HttpResponse:
    found = opened(request, code)
    if found is None:
        return to_door(code)
    if not isinstance(found, Case):
        context = {"row": found, "rules": queries.denunciation_rules(clock.today())}
        return page(request, "feedback/own/denunciation.html", context)
    done = DONE.get(request.GET.get("da", ""), "")
    return page(request, "feedback/own/case.html", {**_told(found), "done": done})


def _told(case: Case) -> dict[str, Any]:
    """How it stands and what happened."""
    clocks, today = list(case.clocks.all()), clock.today()
    answer, files = queries.answer_of(case), queries.files_for_asker(case)
    is_complaint = case.state == "guided" and case.kind == Case.Kind.COMPLAINT
    return _rights(case) | {
        "case": case,
        "today": today,
        "state": queries.public_state(case, clocks),
        "clocks": queries.public_clocks(clocks, today),
        "happenings": queries.happenings(case),
        "status_notes": case.status_notes.all(),
        "question": case.information_requests.filter(ended_on__isnull=True).first(),
        "answer": answer,
        "own_files": [row for row in files if not row.is_of_answer],
        "answer_files": [row for row in files if row.is_of_answer],
        "ground": queries.ground_of(case),
        "end_words": queries.words_at_end(case),
        "complaint_rules": queries.complaint_rules(today) if is_complaint else None,
        "reopenings": case.reopenings.all(),
    }


def _rights(case: Case) -> dict[str, Any]:
    """What the asker may do, and what is kept of the asker."""
    return {
        "rating": getattr(case, "rating", None),
        "why_hidden": queries.why_hidden(getattr(case, "rating", None)),
        "reopen_until": queries.reopen_until(case),
        "may_withdraw": queries.may_be_withdrawn(case),
        "accesses": queries.accesses_to_identity(case),
        "consents": case.consents.all(),
        "data_requests": list(case.data_requests.all()),
        "has_identity": hasattr(case, "asker"),
        "retention": queries.rule_if_any("feedback.retention", clock.today()),
    }


class Act(NamedTuple):
    heading: Any
    text: Any
    button: Any
    form: type[BaseForm]
    run: Any
    done: Any
    tone: str = "main"


def _ask(kind: str) -> Any:
    def run(case: Case, given: dict[str, Any]) -> None:
        wanted = {name: value for name, value in given.items() if value and name in actions.FIELDS}
        actions.ask_data(case, kind=kind, wanted=wanted, with_content=bool(given.get("with_content")))

    return run


ACTS_BY_NAME = {
    "tra-loi": Act(
        _("Reply to the question"),
        "",
        _("Send the reply"),
        forms.ReplyToQuestionForm,
        lambda case, given: actions.give_information(case, reply=given["reply"], files=given["attached"]),
        _("Your reply has arrived. The time limits run again."),
    ),
    "danh-gia": Act(
        _("Rate the answer"),
        _(
            "The stars count for the agency and are public. Your words are read by the agency; everybody reads them "
            "only if you allow it and a moderator has looked through them."
        ),
        _("Send the rating"),
        forms.RateForm,
        lambda case, given: actions.rate_case(case, **given),
        _("Thank you for your rating. You may change it at any time."),
    ),
    "mo-lai": Act(
        _("Have the case reopened"),
        _("The agency answers again, within the same time as for a new case."),
        _("Reopen"),
        forms.ReopenForm,
        lambda case, given: actions.reopen_case(case, **given),
        _("The case is reopened; new time limits run."),
    ),
    "rut": Act(
        _("Withdraw the case"),
        _("Nothing more is done then, and it cannot be taken up again."),
        pgettext_lazy("case", "Withdraw"),
        forms.SureForm,
        lambda case, _given: actions.withdraw_case(case),
        _("You have withdrawn the case."),
        "danger",
    ),
    "ban-sao": Act(
        _("Ask for a copy of my data"),
        _("You then read and save on this page everything that is kept about you with this case."),
        _("Ask for a copy"),
        forms.CopyForm,
        _ask(DataRequest.Kind.COPY),
        _("Your request has arrived. The reply will appear on this page."),
    ),
    "sua": Act(
        _("Have my data corrected"),
        _("Write what should stand there instead. It lies sealed until it is put in."),
        _("Ask for the correction"),
        forms.CorrectionForm,
        _ask(DataRequest.Kind.CORRECTION),
        _("Your request has arrived. The reply will appear on this page."),
    ),
    "xoa": Act(
        _("Have my data erased"),
        _("Name, telephone, e-mail and address are erased. That a case was handled, when and how, stays."),
        _("Ask for the erasure"),
        forms.ErasureForm,
        _ask(DataRequest.Kind.ERASURE),
        _("Your request has arrived. The reply will appear on this page."),
        "danger",
    ),
}
DONE = {name: act.done for name, act in ACTS_BY_NAME.items()} | {
    "rut-dong-y": _("The consent is withdrawn from now on.")
}


def _said(rating: Rating) -> dict[str, Any]:
    allowed = queries.words_are_allowed(rating)
    return {"stars": rating.stars, "words": rating.words, "may_show": allowed}


@private_page
@require_http_methods(["GET", "POST"])
def own_act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One thing the asker does, on a page of its own."""
    act = ACTS_BY_NAME.get(name)
    if act is None:
        raise Http404
    case = own(request, code)
    if case is None:
        return to_door(code)
    rating = getattr(case, "rating", None) if name == "danh-gia" else None
    initial = _said(rating) if rating else None
    form = act.form(
        request.POST if request.method == "POST" else None, request.FILES or None, initial=initial
    )
    if request.method == "POST" and is_too_much(request, ACTS):
        return page(request, "feedback/own/too_many.html", {"code": code}, status=429)
    status = attempt(request, form, lambda given: act.run(case, given))
    if status == TAKEN:
        return redirect(f"{reverse('feedback:own_case', args=[code])}?da={name}")
    return page(
        request,
        "feedback/own/act.html",
        {"form": form, "act": act, "case": case, "name": name},
        status=status,
    )


@private_page
@require_http_methods(["GET", "POST"])
def own_consent(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take one consent back."""
    case = own(request, code)
    if case is None:
        return to_door(code)
    consent = get_object_or_404(case.consents.filter(withdrawn_at__isnull=True), pk=pk)
    if request.method == "POST":
        actions.withdraw_consent(consent)
        return redirect(f"{reverse('feedback:own_case', args=[code])}?da=rut-dong-y")
    return page(request, "feedback/own/consent.html", {"case": case, "consent": consent})


@private_page
@require_safe
def own_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A file of the case or of its answer, always to be saved."""
    case = own(request, code)
    if case is None:
        return to_door(code)
    file = next((row for row in queries.files_for_asker(case) if row.pk == pk), None)
    if file is None:
        raise Http404
    response = HttpResponse(open_sealed(file.path), content_type=file.type)
    ending = file.name.rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="{case.code}-{file.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@private_page
@require_safe
def own_copy(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The copy of one's data, once the request for it was carried out: to read, or as JSON to save."""
    case = own(request, code)
    if case is None:
        return to_door(code)
    if form not in ("doc", "json") or not case.data_requests.filter(kind="copy", state="done").exists():
        raise Http404
    copied = queries.data_copy(case)
    if form == "json":
        response = JsonResponse(copied, json_dumps_params={"ensure_ascii": False, "indent": 1})
        response["Content-Disposition"] = f'attachment; filename="{case.code}.json"'
        return response
    return page(request, "feedback/own/copy.html", {"case": case, "copy": copied})
