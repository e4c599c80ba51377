from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.core import actions, history, progress, queries
from loa.core.doors import hidden_without
from loa.core.filters import JobFilter
from loa.core.lists import list_page
from loa.core.pages import page
from loa.core.tables import JobTable
from loa.core.workflow import FlowError

for_keepers = hidden_without("core.manage_jobs")
STEPS = ("retry", "give_up")


@login_required
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """Everybody's own jobs; for the administrator all of them, and how the machinery stands."""
    context = {}
    if queries.manages_jobs(request.user):
        context = {"machinery": queries.machinery(), "failures": queries.failed_rows()}
    return list_page(
        request,
        "core/job_list.html",
        rows=queries.jobs_visible_to(request.user),
        table_class=JobTable,
        filter_class=JobFilter,
        export_name="viec-nen",
        context=context,
    )


@login_required
@require_safe
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(queries.jobs_visible_to(request.user), pk=pk)
    context = {
        "job": progress.seen(job),
        "steps": queries.job_steps(request.user, job),
        "entries": history.entries_of([job]),
    }
    return page(request, "core/job_detail.html", context, part="progress")


@login_required
@require_POST
def job_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    job = get_object_or_404(queries.jobs_visible_to(request.user), pk=pk)
    if step not in STEPS:
        raise Http404
    try:
        actions.take_job_step(job, step, note=request.POST.get("note", "")[:300], by=request.user)
    except FlowError as refused:
        messages.error(request, str(refused))
    else:
        done = {"retry": _("The job is queued again."), "give_up": _("The job is given up.")}
        messages.success(request, done[step])
    return redirect(job)


@for_keepers
@require_POST
def failed_work_retry(request: HttpRequest, pk: str) -> HttpResponse:
    failure = get_object_or_404(queries.failed_work(), pk=pk)
    actions.retry_failed_work(failure, by=request.user)
    messages.success(request, _("The job is queued again."))
    return redirect("core:job_list")


@for_keepers
@require_POST
def failed_work_forget(request: HttpRequest, pk: str) -> HttpResponse:
    failure = get_object_or_404(queries.failed_work(), pk=pk)
    actions.forget_failed_work(failure, by=request.user)
    messages.success(request, _("The job is given up."))
    return redirect("core:job_list")
