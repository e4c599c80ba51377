from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loa.core.access import require
from loa.core.workflow import FlowError
from loa.reports import actions, queries
from loa.reports.forms import NewSentenceForm, SentenceForm
from loa.reports.models import Sentence
from loa.reports.views.acts import act
from loa.reports.views.rounds import consolidation_of

MOVES = {"up": -1, "down": 1}


def _sentence(request: HttpRequest, pk: int) -> Sentence:
    rows = Sentence.objects.filter(consolidation__in=queries.consolidations_visible_to(request.user))
    sentence = get_object_or_404(rows.select_related("consolidation__round__plan"), pk=pk)
    require(request.user, "reports.write_consolidation", sentence.consolidation)
    return sentence


def _place(sentence: Sentence) -> str:
    return f"{sentence.consolidation.get_absolute_url()}#sentence-{sentence.pk}"


@login_required
@require_http_methods(["GET", "POST"])
def sentence_edit(request: HttpRequest, pk: int) -> HttpResponse:
    sentence = _sentence(request, pk)
    initial = {"text": sentence.text, "version": sentence.version}
    return act(
        request,
        form=SentenceForm(request.POST or None, initial=initial),
        run=lambda given: actions.edit_sentence(sentence, **given, by=request.user),
        heading=_("Edit the sentence"),
        button=_("Save"),
        about=sentence.consolidation,
        done=_("Saved."),
        back=_place(sentence),
        extra={"sentence": sentence},
    )


@login_required
@require_http_methods(["GET", "POST"])
def sentence_add(request: HttpRequest, pk: int) -> HttpResponse:
    consolidation = consolidation_of(request, pk)
    require(request.user, "reports.write_consolidation", consolidation)
    after = consolidation.sentences.filter(pk=request.GET.get("after") or 0).first()
    initial = {"section": after.section if after else request.GET.get("section", "")}
    return act(
        request,
        form=NewSentenceForm(request.POST or None, consolidation=consolidation, initial=initial),
        run=lambda given: actions.add_sentence(consolidation, **given, after=after, by=request.user),
        heading=_("Add a sentence"),
        button=_("Add"),
        about=consolidation,
        done=_("Added."),
        back=_place(after) if after else reverse("reports:consolidation_detail", args=[pk]),
    )


@login_required
@require_POST
def sentence_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Move, drop or restore: one button each beside the sentence."""
    sentence = _sentence(request, pk)
    name, version = request.POST.get("act", ""), int(request.POST.get("version") or 0)
    try:
        if name in MOVES:
            actions.move_sentence(sentence, by_steps=MOVES[name], by=request.user)
        elif name == "drop":
            actions.drop_sentence(sentence, version=version, by=request.user)
        elif name == "restore":
            actions.restore_sentence(sentence, version=version, by=request.user)
    except FlowError as refusal:
        messages.error(request, str(refusal))
    return redirect(_place(sentence))
