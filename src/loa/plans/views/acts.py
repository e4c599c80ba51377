"""One way to act on every page: a form, the action behind it, and a refusal that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from loa.core.pages import page
from loa.core.workflow import FlowError, Step

CONFLICT, INVALID = 409, 422


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
) -> HttpResponse:
    """Show a form; when it is sent and valid, run the action and go back to what it was `about`.

    A refused act (FlowError, StaleError) comes back with its sentence and status 409.
    """
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                run(form.cleaned_data)
            except FlowError as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                messages.success(request, done)
                return redirect(about)
    context = {"form": form, "heading": heading, "button": button, "tone": tone, "about": about}
    return page(request, "plans/act.html", context, part="act", status=status)


def closed_step(request: HttpRequest, *, step: Step, why_not: str, about: Any) -> HttpResponse:
    """A step that is not open now, with the reason."""
    context = {"heading": step.label, "why_not": why_not, "about": about}
    return page(request, "plans/act.html", context, part="act", status=CONFLICT)
