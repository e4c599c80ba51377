"""Denunciations, for the one officer who reads them: to everybody else these pages do not exist."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from loa.core import clock
from loa.core.acting import act
from loa.core.pages import page
from loa.core.sealing import open_sealed
from loa.feedback import actions, queries
from loa.feedback.forms.denunciations import EndForm, ReplyForm
from loa.feedback.models import Denunciation, DenunciationFile


def _own(request: HttpRequest, pk: int) -> Denunciation:
    return get_object_or_404(queries.denunciations_visible_to(request.user), pk=pk)


@login_required
@require_safe
def own_letters(request: HttpRequest) -> HttpResponse:
    """Where a notice leads: an address that says nothing of what waits."""
    _require_reader(request)
    return redirect("feedback:denunciation_list")


@never_cache
@login_required
@require_safe
def denunciation_list(request: HttpRequest) -> HttpResponse:
    _require_reader(request)
    rows = queries.denunciations_visible_to(request.user).only("code", "received_at", "due_on", "ended_at")
    open_rows = rows.filter(ended_at__isnull=True).order_by("due_on", "pk")
    context = {"open_rows": open_rows[:500], "ended_rows": rows.filter(ended_at__isnull=False)[:100]}
    return page(request, "feedback/denunciation_list.html", context)


@never_cache
@login_required
@require_safe
def denunciation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    context = {"row": row, "files": row.files.all(), "rule": queries.denunciation_rule(clock.today())}
    return page(request, "feedback/denunciation_detail.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def denunciation_reply(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    initial = {"reply": row.reply, "forwarded_to": row.forwarded_to}
    return act(
        request,
        template="feedback/intake_act.html",
        form=ReplyForm(request.POST or None, initial=initial),
        run=lambda given: actions.reply_to_denunciation(row, **given, by=request.user),
        heading=_("Write to the person"),
        button=_("Save"),
        about=row,
        done=_("Saved. The person reads it on coming back with the code and the secret."),
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def denunciation_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = _own(request, pk)
    return act(
        request,
        template="feedback/intake_act.html",
        form=EndForm(request.POST if request.method == "POST" else None),
        run=lambda _given: actions.end_denunciation(row, by=request.user),
        heading=_("Nothing more is to be done here"),
        button=_("End it"),
        about=row,
        done=_("Ended."),
    )


@never_cache
@login_required
@require_safe
def denunciation_file(request: HttpRequest, pk: int) -> HttpResponse:
    own = queries.denunciations_visible_to(request.user)
    file = get_object_or_404(DenunciationFile, pk=pk, denunciation__in=own.order_by())
    response = HttpResponse(open_sealed(file.path), content_type=file.type)
    name = file.name.encode("ascii", "ignore").decode().replace('"', "") or "tep"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _require_reader(request: HttpRequest) -> None:
    if not queries.reads_denunciations(request.user):
        raise Http404
