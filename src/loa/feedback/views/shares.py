"""Joint cases: a part is asked for, given or declined."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.core import clock
from loa.core.access import require
from loa.feedback import actions, queries
from loa.feedback.forms import NoteForm, PartForm, ShareForm
from loa.feedback.states import SHARE
from loa.feedback.views.acts import act, posted, refusal
from loa.feedback.views.cases import visible_case


@login_required
@require_http_methods(["GET", "POST"])
def share_ask(request: HttpRequest, pk: int) -> HttpResponse:
    case = visible_case(request, pk)
    require(request.user, "feedback.ask_share", case)
    agencies = queries.agencies_on(clock.today()).exclude(pk=case.agency_id)
    return act(
        request,
        form=ShareForm(posted(request), agencies=agencies),
        run=lambda given: actions.ask_share(case, **given, by=request.user),
        heading=_("Ask another agency to contribute"),
        button=_("Ask"),
        about=case,
        done=_("The agency is asked for its part."),
        extra={"case": case},
    )


@login_required
@require_http_methods(["GET", "POST"])
def share_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    share = get_object_or_404(queries.shares_visible_to(request.user), pk=pk)
    if refused := refusal(request, SHARE, share, step, known=("give", "decline"), about=share.case):
        return refused
    is_given = step == "give"
    taken = SHARE.by_name[step]
    run = actions.give_share if is_given else actions.decline_share
    form = PartForm(posted(request)) if is_given else NoteForm(request.POST or None, needs_note=True)
    return act(
        request,
        form=form,
        run=lambda given: run(share, **given, by=request.user),
        heading=taken.label,
        button=taken.label,
        tone=taken.tone,
        about=share.case,
        done=_("Done: %(step)s.") % {"step": taken.label},
        extra={"case": share.case, "share": share},
    )
