"""From a dialogue to a story."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.core.access import require
from loa.core.acting import TAKEN, attempt
from loa.core.pages import page
from loa.feedback.queries import public_dialogues
from loa.portal.actions.dialogues import draft_transcript
from loa.portal.forms.dialogues import TranscriptForm
from loa.portal.views.back import edit_of
from loa.portal.views.newsroom import ACT


@login_required
@require_http_methods(["GET", "POST"])
def dialogue_story(request: HttpRequest, pk: int) -> HttpResponse:
    """Its transcript as a draft in a column, opened in the editor; it is approved as every story is."""
    event = get_object_or_404(public_dialogues().select_related("agency", "topic"), pk=pk)
    require(request.user, "portal.see_desk")
    form = TranscriptForm(request.POST if request.method == "POST" else None, user=request.user)
    made: list[Any] = []
    status = attempt(
        request,
        form,
        lambda given: made.append(draft_transcript(event, column=given["column"], by=request.user)),
    )
    if status == TAKEN:
        return redirect(edit_of(made[0]))
    words = _("Make the transcript a story")
    back = reverse("feedback:dialogue_transcript", args=[event.pk])
    context = {"form": form, "heading": words, "button": words, "tone": "main", "about": event, "back": back}
    return page(request, ACT, context, part="act", status=status)
