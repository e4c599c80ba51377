"""Writing to the city: four short steps, kept as one goes, without an account and without a script.

What is typed lies sealed on the server under a random token of the browser's cookie: a form that carried it along
would send photographs to and fro on a slow line, and would lose them with the page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loa.core import clock
from loa.core.pages import page
from loa.core.throttle import is_too_much
from loa.core.workflow import FlowError
from loa.feedback import actions, queries
from loa.feedback.forms.asking import DENUNCIATION, LONGEST, PlaceForm, TellForm
from loa.feedback.forms.files import FilesForm
from loa.feedback.models import Case
from loa.feedback.views.gate import ALL_DRAFTS, DRAFTS, FILES, SAVES, Held, private_page
from loa.procedures.models import Procedure
from loa.procedures.queries import known_procedures

STEPS = ("case_form", "case_place", "case_files", "case_send")
LOOKED_AT, CONFLICT, INVALID, TOO_MANY = 200, 409, 422, 429


def show(
    request: HttpRequest, step: str, form: Any, held: Held, *, status: int = LOOKED_AT, **more: Any
) -> HttpResponse:
    """A step of the form. `why` is a sentence above it."""
    number = STEPS.index(step) + 1
    back = STEPS[number - 2] if number > 1 else ""
    context = {"form": form, "mark": held.mark, "step": number, "back": back, "said": held.said, **more}
    return page(request, f"feedback/asking/{step}.html", context, status=status)


def leave(request: HttpRequest, held: Held, to: str) -> HttpResponse:
    """To another step: the one that was asked for by its button, else the next."""
    wanted = request.POST.get("di", "")
    to = {"gui": "case_send"}.get(wanted, to)
    return held.give_to(redirect(f"feedback:{to}"))


def of_another(request: HttpRequest, held: Held) -> HttpResponse | None:
    """A page that was sent already shows its receipt again."""
    if held.is_sent and request.POST.get("ban") == held.mark:
        return redirect("feedback:case_receipt")
    return None


def why_stale(request: HttpRequest, held: Held) -> str:
    mark = request.POST.get("ban", "")
    if held.draft is None or not mark or mark == held.mark:
        return ""
    return _(
        "You have since begun another one in this browser. What you typed is here: check it and continue."
    )


def too_many() -> str:
    return _(
        "Very many messages are coming in from this connection. What you typed is kept: try again in an hour."
    )


@private_page
@require_http_methods(["GET", "POST"])
def case_form(request: HttpRequest) -> HttpResponse:
    """Step 1: what happened. Nothing else is required in the whole form."""
    held = Held.of(request)
    if request.method == "POST" and (answer := of_another(request, held)):
        return answer
    if held.is_sent:
        held = Held()
    procedure = _procedure(request, held)
    form = TellForm(request.POST or None, initial=held.said)
    if request.method != "POST":
        is_open = queries.main_desk(clock.today()) is not None
        return show(request, "case_form", form, held, procedure=procedure, is_open=is_open)
    limits = (SAVES,) if held.draft else (SAVES, DRAFTS, ALL_DRAFTS)
    why = why_stale(request, held) or (too_many() if is_too_much(request, *limits) else "")
    if why or not form.is_valid():
        status = INVALID if not why else CONFLICT if why_stale(request, held) else TOO_MANY
        return show(
            request, "case_form", form, held, procedure=procedure, status=status, why=why, is_open=True
        )
    held.keep(form.cleaned_data | _about(procedure, held))
    kind = form.cleaned_data["kind"]
    if kind in (Case.Kind.COMPLAINT, DENUNCIATION):
        to = "complaint_route" if kind == Case.Kind.COMPLAINT else "denunciation_form"
        return held.give_to(redirect(f"feedback:{to}"))
    return leave(request, held, "case_place")


def _procedure(request: HttpRequest, held: Held) -> Procedure | None:
    """The procedure one asks about: named by the address, by the form, or by the draft."""
    code = request.POST.get("thu-tuc") or request.GET.get("thu-tuc") or held.said.get("procedure") or ""
    return known_procedures().filter(code=code).first() if code else None


def _about(procedure: Procedure | None, held: Held) -> dict[str, Any]:
    if procedure is None:
        return {}
    return {"procedure": procedure.code, "about": held.said.get("about") or procedure.agency.code}


@private_page
@require_http_methods(["GET", "POST"])
def case_place(request: HttpRequest) -> HttpResponse:
    """Step 2: where, and about whom."""
    held = Held.of(request)
    if answer := of_another(request, held) or without_text(held):
        return answer
    said = held.said | {"point": ", ".join(held.said.get("point") or [])}
    form = PlaceForm(
        request.POST or None, initial=said, text=said["content"], procedure=_procedure(request, held)
    )
    if request.method != "POST":
        return show(request, "case_place", form, held)
    is_valid, is_back = form.is_valid(), request.POST.get("di") == "lui"
    if is_too_much(request, SAVES):
        return show(request, "case_place", form, held, status=TOO_MANY, why=too_many())
    held.keep(form.cleaned_data)  # what is right is kept, also on the way back
    if is_valid or is_back:
        return leave(request, held, "case_form" if is_back else "case_files")
    return show(request, "case_place", form, held, status=INVALID)


def without_text(held: Held) -> HttpResponse | None:
    """A later step has no sense before the first: the draft is gone, or was never begun."""
    if held.is_sent or not held.said.get("content", "").strip():
        return redirect("feedback:case_form")
    return None


@private_page
@require_http_methods(["GET", "POST"])
def case_files(request: HttpRequest) -> HttpResponse:
    """Step 3: pictures, papers, recordings. Good ones are kept, bad ones named."""
    held = Held.of(request)
    if answer := of_another(request, held) or without_text(held):
        return answer
    draft = held.draft
    if request.method != "POST" or draft is None:
        return show(request, "case_files", FilesForm(), held, files=list(draft.files.all()) if draft else [])
    if is_too_much(request, FILES):
        files = list(draft.files.all())
        return show(request, "case_files", FilesForm(), held, files=files, status=TOO_MANY, why=too_many())
    reasons = take_files(request, draft)
    to = "case_form" if held.said.get("kind") == DENUNCIATION else "case_place"
    wanted = request.POST.get("di", "")
    if not reasons and wanted != "them":
        return leave(request, held, to if wanted == "lui" else "case_send")
    status = INVALID if reasons else LOOKED_AT
    files = list(draft.files.all())
    return show(request, "case_files", FilesForm(), held, files=files, reasons=reasons, status=status)


def take_files(request: HttpRequest, draft: Any) -> list[str]:
    """Keep the good ones of what was sent, leave out those ticked for it. Returns a sentence for each bad one."""
    unwanted = [int(key) for key in request.POST.getlist("bo") if key.isascii() and key.isdigit()]
    actions.drop_draft_files(draft.files.filter(pk__in=unwanted[:20]))
    form = FilesForm(request.POST, request.FILES)
    form.is_valid()
    checked = form.cleaned_data["attached"]
    reasons = checked.sentences()
    for upload in checked.good:
        try:
            actions.keep_draft_file(draft, upload)
        except FlowError as refused:
            reasons.append(f"{upload.name}: {refused}")
    return reasons


@private_page
@require_POST
def draft_keep(request: HttpRequest) -> HttpResponse:
    """The page keeps the first step by itself while one types; without a script its button does."""
    held = Held.of(request)
    content = request.POST.get("content", "")[:LONGEST]
    if held.is_sent or why_stale(request, held) or not content.strip():
        return JsonResponse({"kept": False})
    if is_too_much(request, SAVES, *(() if held.draft else (DRAFTS, ALL_DRAFTS))):
        return JsonResponse({"kept": False}, status=TOO_MANY)
    held.keep({"content": content})
    return held.give_to(JsonResponse({"kept": True, "mark": held.mark}))


@private_page
@require_http_methods(["GET", "POST"])
def draft_drop(request: HttpRequest) -> HttpResponse:
    """Leave it: what was typed is gone, and so is the receipt from this browser."""
    held = Held.of(request)
    if request.method != "POST":
        return page(request, "feedback/asking/draft_drop.html", {"is_sent": held.is_sent})
    if held.draft is not None:
        actions.drop_draft(held.draft)
    response = redirect("feedback:front")
    held.give_to(response).delete_cookie("loa_ban_viet", path=request.path.rpartition("xoa/")[0])
    return response


@private_page
@require_safe
def complaint_route(request: HttpRequest) -> HttpResponse:
    """A complaint under the Law on Complaints: its own route, before one goes on here."""
    held = Held.of(request)
    context = {
        "rules": queries.complaint_rules(clock.today()),
        "has_text": bool(held.said.get("content")),
        "mark": held.mark,
    }
    return page(request, "feedback/asking/complaint_route.html", context)
