"""The question "is this clear?": a page of its own for readers, and what they said for the body in charge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loa.core.access import require
from loa.core.acting import act, attempt
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.throttle import Limit, is_too_much
from loa.procedures import actions, queries
from loa.procedures.filters import AnswerFilter
from loa.procedures.forms import ClarityForm
from loa.procedures.tables import AnswerTable

COOKIE = "loa_clear"
KEPT = 90 * 24 * 3600  # seconds the browser keeps its lot
MOST_AN_HOUR = 30  # answers about one procedure from one connection: a one-stop unit shares one


@never_cache
@require_http_methods(["GET", "POST"])
def public_clear(request: HttpRequest, code: str) -> HttpResponse:
    procedure = get_object_or_404(queries.known_procedures(), code=code)
    version = procedure.current
    version.procedure = procedure
    if request.method == "POST" and is_too_much(request, Limit(f"clear.{procedure.pk}", MOST_AN_HOUR)):
        return page(
            request, "procedures/public_clear.html", {"procedure": procedure, "is_too_much": True}, status=429
        )
    form = ClarityForm(request.POST or None)
    token = _token(request) or actions.new_token()
    status = attempt(request, form, lambda given: actions.say_if_clear(version, token=token, **given))
    is_done = status == 302
    context = {"procedure": procedure, "form": form, "is_done": is_done, "is_known": bool(_token(request))}
    response = page(request, "procedures/public_clear.html", context, status=200 if is_done else status)
    if is_done:
        response.set_cookie(
            COOKIE, signing.dumps(token, salt=COOKIE), max_age=KEPT, path=reverse("procedures:public_list"),
            httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


def _token(request: HttpRequest) -> str:
    """The lot this browser drew before; a forged one is none."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT))
    except signing.BadSignature:
        return ""


@login_required
@require_safe
def procedure_answers(request: HttpRequest, pk: int) -> HttpResponse:
    procedure = get_object_or_404(queries.procedures_visible_to(request.user).select_related("agency"), pk=pk)
    rows = queries.answers_visible_to(request.user).filter(procedure=procedure).select_related("version")
    context: dict[str, Any] = {
        "procedure": procedure,
        "count": queries.clarity_counts(procedure),
        "versions": queries.clarity_by_version(procedure),
    }
    return list_page(
        request,
        "procedures/procedure_answers.html",
        rows=rows,
        table_class=AnswerTable,
        filter_class=AnswerFilter,
        export_name="y-kien-de-hieu",
        context=context,
    )


@login_required
@require_http_methods(["GET", "POST"])
def answer_clear(request: HttpRequest, pk: int) -> HttpResponse:
    rows = queries.answers_visible_to(request.user).select_related("procedure__agency")
    answer = get_object_or_404(rows, pk=pk)
    require(request.user, "procedures.manage_answers", answer.procedure)
    back = reverse("procedures:procedure_answers", args=[answer.procedure_id])
    return act(
        request,
        template="procedures/act.html",
        form=forms.Form(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.clear_words(answer, by=request.user),
        heading=_("Take a reader's words away"),
        button=_("Take the words away"),
        about=answer.procedure,
        done=_("The words are gone; the answer still counts."),
        tone="danger",
        back=back,
        extra={"said": answer.words},
    )
