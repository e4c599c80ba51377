"""The last step: who asks, what they allow, whether a person sends; then the receipt, the same again when asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.pages import page
from loa.core.throttle import is_too_much
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.forms.asking import DENUNCIATION, KINDS, IdentityForm, SendForm
from loa.feedback.forms.files import FilesForm
from loa.feedback.forms.humanity import LEAST_SECONDS
from loa.feedback.forms.sealed import SealedForm
from loa.feedback.views.asking import (
    CONFLICT,
    INVALID,
    LOOKED_AT,
    TOO_MANY,
    leave,
    of_another,
    show,
    take_files,
    too_many,
    without_text,
)
from loa.feedback.views.gate import ALL_SENDINGS, SENDINGS, Held, open_case_in, private_page


@private_page
@require_http_methods(["GET", "POST"])
def case_send(request: HttpRequest) -> HttpResponse:
    """Step 4."""
    held = Held.of(request)
    if answer := of_another(request, held) or without_text(held):
        return answer
    if held.said.get("kind") == DENUNCIATION:
        return redirect("feedback:denunciation_form")
    if request.method != "POST":
        return _last_page(request, SendForm(initial=held.said), held)
    said = _said_of_oneself(request)
    if request.POST.get("di") == "lui":
        held.keep(said)
        return leave(request, held, "case_files")
    form = SendForm(request.POST, sending=held.key)
    status = _why_not(request, form, held)
    if status == LOOKED_AT and held.draft is not None:
        try:
            actions.send_draft(held.draft, said, consents=form.consents(), language=get_language() or "vi")
            return held.give_to(redirect("feedback:case_receipt"))
        except FlowError as refused:
            form.add_error(None, str(refused))
            status = CONFLICT
    held.keep(said)
    return _last_page(request, form, held, status=status)


def _said_of_oneself(request: HttpRequest) -> dict[str, Any]:
    """What is right of who asks, and which boxes the person ticked: sent with the case, or kept with the draft."""
    form = IdentityForm(request.POST)
    form.is_valid()
    boxes = {name: bool(request.POST.get(name)) for name in SendForm.BOXES}
    return {**form.cleaned_data, **boxes}


def _why_not(request: HttpRequest, form: Any, held: Held) -> int:
    """The status of the refusal, whose sentence stands on the form then; 200 where nothing stands against it."""
    if not form.is_valid():
        return INVALID
    if held.draft and clock.now() - held.draft.began_at < timedelta(seconds=LEAST_SECONDS):
        form.add_error(None, _("That was very quick. Please check it once more and send again."))
        return INVALID
    if is_too_much(request, SENDINGS, ALL_SENDINGS):
        form.add_error(None, too_many())
        return TOO_MANY
    return LOOKED_AT


def _last_page(request: HttpRequest, form: SendForm, held: Held, *, status: int = LOOKED_AT) -> HttpResponse:
    words = actions.words_of(held.said)
    return show(
        request,
        "case_send",
        form,
        held,
        status=status,
        words=words,
        kind=dict(KINDS).get(words.kind, ""),
        files=list(held.draft.files.all()) if held.draft else [],
        asked=form.asked(),
        retention=queries.rule_if_any("feedback.retention", clock.today()),
        desk=queries.main_desk(clock.today()),
    )


@private_page
@require_safe
def case_receipt(request: HttpRequest) -> HttpResponse:
    """Code and secret, what happens next and by when. The same again for an hour, in the browser that sent it."""
    held = Held.of(request)
    if held.draft is None or not held.is_sent:
        return redirect("feedback:follow")
    secret = actions.make_secret(held.key)
    case = held.draft.case
    if case is None:
        return _sealed_receipt(request, held, secret)
    clocks = list(case.clocks.all())
    context = {
        "case": case,
        "secret": secret,
        "state": queries.public_state(case, clocks),
        "clocks": queries.public_clocks(clocks, clock.today()),
        "is_told": case.consents.filter(purpose="contact").exists(),
        "qr": qr_of(request, case.code, secret),
    }
    return open_case_in(page(request, "feedback/asking/receipt.html", context), case.code)


def _sealed_receipt(request: HttpRequest, held: Held, secret: str) -> HttpResponse:
    row = queries.denunciation_of_key(held.key)
    if row is None:
        return redirect("feedback:follow")
    context = {"row": row, "secret": secret, "qr": qr_of(request, row.code, secret)}
    return open_case_in(page(request, "feedback/asking/sealed_receipt.html", context), row.code)


def qr_of(request: HttpRequest, code: str, secret: str) -> str:
    """The way back to scan, as a picture in the page. The secret stands behind #: a browser tells it to no server."""
    url = request.build_absolute_uri(f"{reverse('feedback:follow')}?code={code}#{secret}")
    return segno.make(url, error="m", micro=False).svg_data_uri(border=2, scale=4)


@private_page
@require_http_methods(["GET", "POST"])
def denunciation_form(request: HttpRequest) -> HttpResponse:
    """A denunciation: sealed at once, read by one officer alone. What was typed before need not be typed again."""
    held = Held.of(request)
    if answer := of_another(request, held) or without_text(held):
        return answer
    if request.method != "POST":
        return _sealed_page(request, SealedForm(initial=held.said), held)
    form = SealedForm(request.POST, sending=held.key)
    reasons = take_files(request, held.draft)
    held.keep({name: value for name, value in form.kept().items() if value is not None})
    if request.POST.get("di") == "lui":
        return leave(request, held, "case_form")
    status = INVALID if reasons else _why_not(request, form, held)
    if status == LOOKED_AT and held.draft is not None:
        try:
            actions.seal_draft(held.draft, form.cleaned_data)
            return held.give_to(redirect("feedback:case_receipt"))
        except FlowError as refused:
            form.add_error(None, str(refused))
            status = CONFLICT
    return _sealed_page(request, form, held, status=status, reasons=reasons)


def _sealed_page(
    request: HttpRequest, form: SealedForm, held: Held, *, status: int = LOOKED_AT, reasons: Any = ()
) -> HttpResponse:
    context = {
        "form": form,
        "file_form": FilesForm(),
        "mark": held.mark,
        "files": list(held.draft.files.all()) if held.draft else [],
        "reasons": reasons,
        "asked": form.asked(),
        "desk": queries.main_desk(clock.today()),
        "rules": queries.denunciation_rules(clock.today()),
    }
    return page(request, "feedback/asking/denunciation_form.html", context, status=status)
