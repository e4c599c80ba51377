"""What is not handled here: refused, guided to its own route, kept apart, answered together with another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loa.core import clock
from loa.core.acting import TAKEN, attempt, refusal
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.forms.intake import GuideForm, RefuseForm, SureForm
from loa.feedback.models import Case
from loa.feedback.states import CASE
from loa.feedback.views.intake import go_on, waiting_case

ACT = "feedback/intake_act.html"


@login_required
@require_http_methods(["GET", "POST"])
def intake_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    case = waiting_case(request, pk)
    return _end(
        request,
        case,
        "refuse",
        RefuseForm(request.POST or None),
        lambda given: actions.refuse_case(case, **given, by=request.user),
        heading=_("Refuse on a lawful ground"),
    )


@login_required
@require_http_methods(["GET", "POST"])
def intake_guide(request: HttpRequest, pk: int, route: str) -> HttpResponse:
    """A complaint under its own law, or a report of a place that 1022 looks after."""
    case = waiting_case(request, pk)
    routes = {
        "khieu-nai": (Case.Kind.COMPLAINT, _("Refer to the complaints procedure"), queries.complaint_words),
        "hien-truong": (Case.Kind.SCENE, _("Hand over to 1022"), queries.scene_words),
    }
    if route not in routes:
        raise Http404
    kind, heading, words = routes[route]
    form = GuideForm(request.POST or None, initial={"note": words(case, on=clock.today())})

    def run(given: dict[str, Any]) -> None:
        actions.guide_case(case, kind=kind, **given, by=request.user)

    said = _(
        "The message is prepared from the legal texts in force. Read it, change what does not fit, then send."
    )
    return _end(request, case, "guide", form, run, heading=heading, said=said)


@login_required
@require_http_methods(["GET", "POST"])
def intake_isolate(request: HttpRequest, pk: int) -> HttpResponse:
    case = waiting_case(request, pk)
    said = _(
        "Everything written and the sender's details are moved under seal to the one officer who reads "
        "denunciations. Nothing of it remains here, in any list or search; this cannot be undone."
    )
    return _end(
        request,
        case,
        "isolate",
        SureForm(request.POST if request.method == "POST" else None),
        lambda _given: actions.isolate_case(case, by=request.user),
        heading=_("Set aside as a denunciation"),
        said=said,
    )


@login_required
@require_http_methods(["GET", "POST"])
def intake_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Both cases side by side; then the first is answered together with the other."""
    case = waiting_case(request, pk)
    into = get_object_or_404(
        queries.cases_visible_to(request.user).select_related("agency", "commune"), pk=other
    )
    return _end(
        request,
        case,
        "merge",
        SureForm(request.POST if request.method == "POST" else None),
        lambda _given: actions.merge_case(case, into, by=request.user),
        heading=_("Answer together"),
        template="feedback/intake_merge.html",
        extra={"case": case, "into": into},
    )


def _end(
    request: HttpRequest,
    case: Case,
    step: str,
    form: Form,
    run: Any,
    *,
    heading: str,
    said: str = "",
    template: str = ACT,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """One act that ends a case here; when it is taken, the next case of the queue follows."""
    refused = refusal(request, CASE, case, step, template=ACT)
    if refused is not None:
        return refused
    code = case.code
    status = attempt(request, form, run)
    if status == TAKEN:
        messages.success(request, _("%(code)s: done.") % {"code": code})
        return go_on(request, case)
    tone = "danger" if step in ("refuse", "isolate") else "main"
    context = {"form": form, "heading": heading, "button": heading, "tone": tone, "said": said}
    context |= {"back": reverse("feedback:intake_case", args=[case.pk]), **(extra or {})}
    return page(request, template, context, part="act", status=status)
