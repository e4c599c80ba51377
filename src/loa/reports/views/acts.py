"""One way to act on every page: a form, the action behind it, and a refusal that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from loa.core.pages import page
from loa.core.workflow import Flow, FlowError, Step

TAKEN, CONFLICT, INVALID = 302, 409, 422


def act(
    request: HttpRequest,
    *,
    form: Form,
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
    status = 200
    if request.method == "POST":
        status = _run(form, run)
    if status == TAKEN:
        messages.success(request, done)
        return redirect(back or about)
    context = {"form": form, "heading": heading, "button": button, "tone": tone, "about": about}
    context |= {"back": back or about.get_absolute_url(), **(extra or {})}
    return page(request, "reports/act.html", context, part="act", status=status)


def _run(form: Form, run: Callable[[dict[str, Any]], Any]) -> int:
    """The status of the answer; a refusal stands on the form."""
    if not form.is_valid():
        return INVALID
    try:
        run(form.cleaned_data)
    except FlowError as refused:
        form.add_error(None, str(refused))
        return CONFLICT
    return TAKEN


def refusal(
    request: HttpRequest, flow: Flow, obj: Any, step: str, known: dict[str, Any]
) -> HttpResponse | None:
    """An unknown step is 404; one that is not open is shown with its reason before anything is typed."""
    if step not in known:
        raise Http404
    why_not = flow.why_not(request.user, obj, step)
    return _closed(request, flow.by_name[step], why_not, obj) if why_not and request.method == "GET" else None


def _closed(request: HttpRequest, step: Step, why_not: str, about: Any) -> HttpResponse:
    context = {"heading": step.label, "why_not": why_not, "about": about, "back": about.get_absolute_url()}
    return page(request, "reports/act.html", context, part="act", status=CONFLICT)
