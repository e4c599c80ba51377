"""What the public reads: no session, no cookie, no script is needed, and nothing here changes anything but a count."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from loa.core import clock
from loa.core.byte_ranges import send_file
from loa.core.page_cache import public_page
from loa.core.pages import page
from loa.portal import actions, queries
from loa.portal.forms.publications import ReadersFilterForm
from loa.portal.models import Publication, PublicationFile

ON_A_PAGE = 24


@public_page
@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    asked = ReadersFilterForm(request.GET).chosen
    rows = queries.searched(queries.public_publications(), asked.get("q", ""))
    if kind := asked.get("kind"):
        rows = rows.filter(kind=kind)
    if topic := asked.get("topic"):
        rows = rows.filter(topics=topic)
    if year := asked.get("year"):
        rows = rows.filter(released_on__year=year)
    number = asked.pop("page", 1)
    found = Paginator(rows.select_related("agency"), ON_A_PAGE)
    context = {
        "publications": found.get_page(number),
        "asked": asked,
        "kinds": Publication.Kind.choices,
        "topics": queries.public_topics(),
        "years": queries.years_of_release(),
        "query": urlencode(asked),
    }
    return page(request, "portal/publications/list.html", context)


@public_page
@require_safe
def publication_detail(request: HttpRequest, pk: int) -> HttpResponse:
    publication = _released(pk)
    files = queries.public_files().filter(publication=publication).defer("pages")
    context = {
        "publication": publication,
        "files": files,
        "topics": publication.topics.all(),
        "has_text": queries.public_files().filter(publication=publication).exclude(pages=[]).exists(),
        "address": request.build_absolute_uri(request.path),
    }
    return page(request, "portal/publications/detail.html", context)


@public_page
@require_safe
def publication_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the .pdf as a page: for a small screen, for reading aloud, without a program for .pdf."""
    publication = _released(pk)
    files = queries.public_files().filter(publication=publication).exclude(pages=[])
    file = get_object_or_404(files[:1])
    return page(request, "portal/publications/text.html", {"publication": publication, "file": file})


@require_safe
def publication_download(request: HttpRequest, pk: int) -> FileResponse | HttpResponse:
    """The file, counted once for each time a person begins to fetch it."""
    file = get_object_or_404(queries.public_files().defer("pages"), pk=pk)
    first = request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    if request.method == "GET" and first:
        agent = request.headers.get("User-Agent", "")
        actions.count_download(file, user_agent=agent, on=clock.today())
    response = as_file(request, file)
    add_never_cache_headers(response)  # a copy from a cache would not be counted
    return response


def as_file(request: HttpRequest, file: PublicationFile) -> FileResponse | HttpResponse:
    """The file or, of a disc or a download that broke off, the part asked for."""
    response = send_file(
        request,
        file.file.storage.open(file.file.name),
        etag=f'"{file.sha256}"',
        as_attachment=True,
        filename=file.file_name,
        content_type=file.file_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _released(pk: int) -> Any:
    return get_object_or_404(queries.public_publications().select_related("agency"), pk=pk)
