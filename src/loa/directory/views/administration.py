from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.lists import list_page
from loa.core.pages import page
from loa.directory import queries
from loa.directory.doors import for_administrators
from loa.directory.filters import EntryFilter
from loa.directory.tables import EntryTable


@for_administrators
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """What needs an administrator's hand."""
    context = {
        "counts": queries.counts(clock.today()),
        "versions": queries.versions(),
        "today": clock.today(),
    }
    return page(request, "directory/administration.html", context)


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
