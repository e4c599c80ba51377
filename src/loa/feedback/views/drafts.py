"""The answer while it is written: saved as one types, with what helps to write it, and its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loa.core.access import require
from loa.core.acting import CONFLICT, INVALID
from loa.core.pages import page
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.forms import DraftForm, FileForm
from loa.feedback.models import Case
from loa.feedback.views.acts import act
from loa.feedback.views.cases import visible_case


@login_required
@require_http_methods(["GET", "POST"])
def case_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write, insert what was written before, search for it. What two write at once is shown beside each other."""
    case = visible_case(request, pk)
    require(request.user, "feedback.write_answer", case)
    if case.state != "answering":
        messages.error(request, _("The answer is not being written now."))
        return redirect(case)
    if request.method == "POST":
        return _written(request, case)
    form = DraftForm(initial={"text": case.answer, "edition": case.edition})
    return _draft_page(request, case, form)


def _written(request: HttpRequest, case: Case) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, case, form, status=INVALID)
    text, then = form.cleaned_data["text"], request.POST.get("then", "")
    try:
        edition = actions.write_answer(case, text=text, edition=form.cleaned_data["edition"], by=request.user)
    except FlowError as refused:
        return _both_texts(request, case, text, str(refused))
    if not then:
        messages.success(request, _("The draft is saved."))
        return redirect(case)
    words = form.cleaned_data["find"]
    if piece := queries.piece_called(case, then, request.user):
        text = f"{text.rstrip()}\n\n{piece}".strip()
    again = DraftForm(initial={"text": text, "edition": edition, "find": words})
    return _draft_page(request, case, again, words=words)


def _both_texts(request: HttpRequest, case: Case, text: str, refused: str) -> HttpResponse:
    """Somebody else has saved meanwhile: theirs beside one's own, and saving again is then a decision."""
    case.refresh_from_db(fields=["answer", "edition", "drafted_by", "state"])
    if case.state != "answering":
        messages.error(request, refused)
    form = DraftForm(initial={"text": text, "edition": case.edition})
    extra = {"other": case.answer, "refused": refused}
    return _draft_page(request, case, form, status=CONFLICT, **extra)


def _draft_page(
    request: HttpRequest, case: Case, form: DraftForm, *, words: str = "", status: int = 200, **extra: Any
) -> HttpResponse:
    context = {
        "case": case,
        "form": form,
        "words": words,
        "parts": case.shares.filter(state="given").select_related("agency"),
        "awaited": case.shares.filter(state="asked").select_related("agency"),
        "templates": queries.fitting_templates(case, request.user),
        "earlier": queries.earlier_answers(case, request.user, words),
        "files": case.files.filter(is_of_answer=True),
        **extra,
    }
    return page(request, "feedback/draft.html", context, status=status)


@login_required
@require_POST
def case_draft_save(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for the page that saves by itself."""
    case = visible_case(request, pk)
    require(request.user, "feedback.write_answer", case)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": _("Something is not right yet")}, status=INVALID)
    said = form.cleaned_data
    try:
        edition = actions.write_answer(case, text=said["text"], edition=said["edition"], by=request.user)
    except FlowError as refused:
        return JsonResponse({"error": str(refused)}, status=CONFLICT)
    saved = _("Saved at %(time)s") % {"time": f"{timezone.localtime():%H:%M:%S}"}
    return JsonResponse({"edition": edition, "saved": saved})


@login_required
@require_http_methods(["GET", "POST"])
def case_attach(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.write_answer", case)
    is_sent = request.method == "POST"
    return act(
        request,
        form=FileForm(request.POST if is_sent else None, request.FILES if is_sent else None),
        run=lambda given: actions.attach_to_answer(case, given["upload"], by=request.user),
        heading=_("Add a file to the answer"),
        button=_("Add"),
        about=case,
        done=_("The file is added."),
        extra={"case": case},
    )


@login_required
@require_POST
def case_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.files_visible_to(request.user).select_related("case"), pk=pk)
    try:
        actions.detach_from_answer(row, by=request.user)
        messages.success(request, _("The file is taken out of the answer."))
    except FlowError as refused:
        messages.error(request, str(refused))
    return redirect(row.case)
