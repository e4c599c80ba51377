from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.core import clock
from loa.core.lists import list_page
from loa.core.pages import page
from loa.directory import actions, queries
from loa.directory.doors import for_administrators
from loa.directory.filters import EntryFilter
from loa.directory.tables import EntryTable

MOST_FAILURES = 50


@for_administrators
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """What needs an administrator's hand."""
    context = {
        "counts": queries.counts(clock.today()),
        "failed_jobs": queries.failed_jobs()[:MOST_FAILURES],
        "failed_work": queries.failed_work()[:MOST_FAILURES],
        "calendar_years": queries.calendar_years(),
        "versions": queries.versions(),
        "today": clock.today(),
    }
    return page(request, "directory/administration.html", context)


@for_administrators
@require_POST
def failed_work_retry(request: HttpRequest, pk: str) -> HttpResponse:
    failure = get_object_or_404(queries.failed_work(), pk=pk)
    actions.retry_failed_work(failure, by=request.user)
    messages.success(request, _("The job is queued again."))
    return redirect("directory:administration")


@for_administrators
@require_safe
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    years = queries.calendar_years()
    if year not in years:
        raise Http404
    context = {"year": year, "years": years, "days": queries.calendar_days(year)}
    return page(request, "directory/calendar_year.html", context)


@for_administrators
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "directory/entry_list.html",
        rows=queries.entries_visible_to(request.user),
        table_class=EntryTable,
        filter_class=EntryFilter,
        export_name="nhat-ky",
    )
