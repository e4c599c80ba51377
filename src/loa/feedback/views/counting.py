"""Which published answers count for a piece of a plan's work: said by who coordinates the plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loa.core import clock
from loa.core.access import permits, require
from loa.core.acting import TAKEN, attempt
from loa.core.pages import page
from loa.feedback import actions, queries
from loa.feedback.forms import CountForm
from loa.feedback.models import CountedWork
from loa.feedback.views.acts import posted
from loa.plans.queries import assignments_visible_to, duty_assignments_visible_to

WORKS = {"viec": assignments_visible_to, "nhiem-vu-thuong-xuyen": duty_assignments_visible_to}


@login_required
@require_http_methods(["GET", "POST"])
def counted_answers(request: HttpRequest, noun: str, pk: int) -> HttpResponse:
    """Shown to whoever sees the work; changed by the coordinator alone."""
    if noun not in WORKS:
        raise Http404
    work: Any = get_object_or_404(WORKS[noun](request.user).select_related("plan", "agency"), pk=pk)
    may_change = permits(request.user, "feedback.count_answers", work)
    if request.method == "POST":
        require(request.user, "feedback.count_answers", work)
    today = clock.today()
    form = CountForm(
        posted(request),
        agencies=queries.agencies_on(today),
        subjects=queries.subjects_on(today),
        initial={"agency": work.agency_id, "unit": queries.unit_of(work)},
    )
    status = attempt(request, form, lambda given: actions.count_for(work, **given, by=request.user))
    if status == TAKEN:
        messages.success(request, _("Published answers now count for this work."))
        return redirect("feedback:counted_answers", noun, pk)
    rows = queries.counts_of(work)
    context = {"work": work, "rows": rows, "form": form if may_change else None}
    return page(request, "feedback/counted.html", context, part="fragment", status=status)


@login_required
@require_POST
def counted_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CountedWork.objects.select_related("assignment", "duty_assignment"), pk=pk)
    noun = "viec" if row.assignment_id else "nhiem-vu-thuong-xuyen"
    work = get_object_or_404(WORKS[noun](request.user), pk=row.work.pk)
    actions.stop_counting(row, by=request.user)
    messages.success(request, _("Published answers no longer count for this work."))
    return redirect("feedback:counted_answers", noun, work.pk)
