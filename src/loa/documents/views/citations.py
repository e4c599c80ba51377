from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loa.core.doors import hidden_without
from loa.core.lists import list_page
from loa.documents import actions, queries
from loa.documents.filters.legal import CitationFilter
from loa.documents.models import CitingScan
from loa.documents.tables.legal import CitationTable

for_staff = hidden_without("documents.see_citations")


@for_staff
@require_safe
def citation_list(request: HttpRequest) -> HttpResponse:
    labels = {source.name: source.label for source in queries.citing_sources()}
    scans = CitingScan.objects.filter(source__in=labels)
    return list_page(
        request,
        "documents/citation_list.html",
        rows=queries.citations_visible_to(request.user),
        table_class=CitationTable,
        filter_class=CitationFilter,
        export_name="trich-dan-het-hieu-luc",
        context={"scans": [(labels[scan.source], scan) for scan in scans]},
    )


@for_staff
@require_POST
def citation_scan(request: HttpRequest) -> HttpResponse:
    actions.look_again(by=request.user)
    messages.success(request, _("The texts are being looked through. Reload the page in a minute."))
    return redirect("documents:citation_list")
