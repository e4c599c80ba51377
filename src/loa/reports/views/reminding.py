from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.core.workflow import FlowError
from loa.reports import actions, queries


@login_required
@require_POST
def round_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: every body that has not handed in is reminded, each at most once a day."""
    rounds = queries.rounds_overseen_by(request.user).select_related("plan")
    report_round = get_object_or_404(rounds, pk=pk)
    try:
        said = actions.remind_missing(report_round, by=request.user).sentences
    except FlowError as refused:
        messages.error(request, str(refused))
    else:
        for level, words in said or [("info", _("Everybody has handed in."))]:
            getattr(messages, level)(request, words)
    return redirect(report_round)
