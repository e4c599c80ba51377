"""What every form here does alike: say what is wrong and keep what was typed, or say what was done and go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from loa.core.acting import TAKEN, attempt
from loa.core.pages import page


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even where nothing was filled in; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def answer(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[..., Any],
    *,
    done: Any,
    back: str,
    context: dict[str, Any],
    template: str = "directory/form.html",
) -> HttpResponse:
    """On a valid POST call `act(**cleaned_data, by=user)`, say `done` and go `back`; else show the form.

    A refusal of the action stands above the form, status 409; a form not valid is 422. Context of form.html: heading, lead, submit, danger.
    """
    status = attempt(request, form, lambda given: act(**given, by=request.user))
    if status == TAKEN:
        messages.success(request, done)
        return redirect(back)
    return page(request, template, {"form": form, "back": back, **context}, status=status)
