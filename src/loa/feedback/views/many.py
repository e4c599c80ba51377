"""One act on several rows of a list: each is done, or named with the reason why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from loa.core import clock
from loa.core.access import require
from loa.core.acting import attempt
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.forms import MergeForm, OfficerForm, TransferForm, WordsForm
from loa.feedback.views.acts import posted

MOST = 200  # rows at once
ACTS: dict[str, tuple[Any, Callable[..., Any]]] = {
    "can-bo": (_("Assign an officer"), actions.name_officer_of_all),
    "tinh-hinh": (_("Inform the senders of progress"), actions.say_status_of_all),
    "chuyen": (_("Transfer to another agency"), actions.transfer_all),
    "gop": (_("Answer together with another"), actions.merge_all),
}


@login_required
@require_http_methods(["GET", "POST"])
def case_many(request: HttpRequest, act: str) -> HttpResponse:
    require(request.user, "feedback.act_on_many")
    if act not in ACTS:
        raise Http404
    keys = [key for key in request.GET.getlist("case") if key.isascii() and key.isdigit() and len(key) < 19]
    cases = list(
        queries.by_due(queries.cases_visible_to(request.user).filter(pk__in=keys[:MOST])).select_related(
            "agency", "intake", "officer", "subject"
        )
    )
    label, run = ACTS[act]
    form = _form(request, act)
    found: list[actions.Outcome] = []
    status = attempt(request, form, lambda given: found.extend(run(cases, **given, by=request.user)))
    context = {"label": label, "cases": cases, "form": form, "outcomes": found, "is_done": status == 302}
    return page(request, "feedback/many.html", context, status=200 if status == 302 else status)


def _form(request: HttpRequest, act: str) -> BaseForm:
    given = posted(request)
    today = clock.today()
    if act == "can-bo":
        hat = request.user.hat  # type: ignore[union-attr]
        return OfficerForm(given, officers=queries.colleagues_on(hat.agency if hat else None, today))
    if act == "tinh-hinh":
        return WordsForm(given)
    if act == "chuyen":
        return TransferForm(given, agencies=queries.agencies_on(today))
    return MergeForm(given, targets=queries.cases_visible_to(request.user))
