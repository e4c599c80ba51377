"""One way to act on every page: a form, the action behind it, and a refusal that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from loa.core.pages import page
from loa.core.workflow import Flow, FlowError

LOOKED_AT, TAKEN, CONFLICT, INVALID = 200, 302, 409, 422


def attempt(request: HttpRequest, form: BaseForm, run: Callable[[dict[str, Any]], Any]) -> int:
    """The status of the answer: on a valid POST the action is run; its refusal stands on the form."""
    if request.method != "POST":
        return LOOKED_AT
    if not form.is_valid():
        return INVALID
    try:
        run(form.cleaned_data)
    except FlowError as refused:
        form.add_error(None, str(refused))
        return CONFLICT
    return TAKEN


def act(
    request: HttpRequest,
    *,
    template: str,
    form: BaseForm,
    run: Callable[[dict[str, Any]], Any],
    heading: Any,
    button: Any,
    about: Any,
    done: str,
    tone: str = "main",
    back: str = "",
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; when it is sent and valid, run the action and go `back` (default: to what it is about)."""
    status = attempt(request, form, run)
    if status == TAKEN:
        messages.success(request, done)
        return redirect(back or about)
    context = {"form": form, "heading": heading, "button": button, "tone": tone, "about": about}
    context |= {"back": back or about.get_absolute_url(), **(extra or {})}
    return page(request, template, context, part="act", status=status)


def refusal(
    request: HttpRequest,
    flow: Flow,
    obj: Any,
    step: str,
    *,
    template: str,
    known: Container[str] | None = None,
    about: Any = None,
    before: str | None = None,
) -> HttpResponse | None:
    """An unknown step is 404; one that is not open is shown with its reason before anything is typed.

    `before` is a reason that comes first; `about` is what to go back to where it is not `obj` itself.
    """
    if step not in flow.by_name or (known is not None and step not in known):
        raise Http404
    why_not = before or flow.why_not(request.user, obj, step)
    if not why_not or request.method != "GET":
        return None
    about = about or obj
    context = {"heading": flow.by_name[step].label, "why_not": why_not, "about": about}
    return page(request, template, context | {"back": about.get_absolute_url()}, part="act", status=CONFLICT)
