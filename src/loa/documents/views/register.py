from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from loa.core.history import entries_of
from loa.core.lists import list_page
from loa.core.pages import page
from loa.documents import queries
from loa.documents.filters.register import DocumentFilter
from loa.documents.models import Document
from loa.documents.tables.register import DocumentTable


@login_required
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        "documents/document_list.html",
        rows=queries.documents_visible_to(request.user),
        table_class=DocumentTable,
        filter_class=DocumentFilter,
        export_name="van-ban",
    )


@login_required
@require_safe
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    documents = queries.documents_visible_to(request.user).select_related("issuer")
    document = get_object_or_404(documents, pk=pk)
    context = {
        "document": document,
        "links": queries.links_of(document, request.user),
        "readers": document.readers.all(),
        "entries": entries_of([document])[:20],
        "has_text": queries.has_text(document),
    }
    if "place" in request.GET:
        context["text"] = queries.marked_text(document, request.GET["place"])
    return page(request, "documents/document_detail.html", context)


@login_required
@require_safe
def document_file(request: HttpRequest, pk: int) -> FileResponse:
    return stored_file(get_object_or_404(queries.documents_visible_to(request.user), pk=pk))


def stored_file(document: Document) -> FileResponse:
    """The file as it came, always to be saved: a browser must never run what somebody sent in."""
    if not document.file or not document.file.storage.exists(document.file.name):
        raise Http404
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.file_name or f"van-ban-{document.pk}",
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
