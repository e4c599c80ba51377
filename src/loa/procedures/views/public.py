"""What a citizen reads: the list, one procedure, its versions, its forms, where to ask. Nobody's session is read."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.core.lists import PAGE_SIZE, active_filters
from loa.core.pages import page
from loa.procedures import queries
from loa.procedures.filters import PublicFilter
from loa.procedures.models import ProcedureVersion


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    found = PublicFilter(request.GET or None, queryset=queries.public_procedures(), request=request)
    context = listed(request, found) | {
        "search": request.GET.get("q", ""),
        "newest": queries.recent_changes()[:3] if not request.GET else [],
    }
    return page(request, "procedures/public_list.html", context)


def listed(request: HttpRequest, found: Any) -> dict[str, Any]:
    """A page of rows with what ui/public lists need; nothing is remembered of the reader."""
    paginator = Paginator(found.qs, PAGE_SIZE)
    kept = request.GET.copy()
    kept.pop("page", None)
    return {
        "filter": found,
        "rows": paginator.get_page(request.GET.get("page")),
        "paginator": paginator,
        "active_filters": active_filters(request, found),
        "kept": kept.urlencode(),
    }


@require_safe
def public_detail(request: HttpRequest, code: str) -> HttpResponse:
    procedure = get_object_or_404(queries.known_procedures(), code=code)
    return _version_page(request, procedure.current, procedure)


@require_safe
def public_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    version = get_object_or_404(queries.public_versions(), procedure__code=code, number=number)
    return _version_page(request, version, version.procedure)


def _version_page(request: HttpRequest, version: Any, procedure: Any) -> HttpResponse:
    version.procedure = procedure
    context = {
        "procedure": procedure,
        "version": version,
        "is_current": procedure.current_id == version.pk,
        "papers": queries.papers_by_case(version),
        "files": version.files.all(),
        "desk": queries.desk_of(procedure.agency),
        "earlier": queries.public_versions().filter(procedure=procedure).exclude(pk=version.pk)[:1],
        "service": queries.government_service(
            version, url=request.build_absolute_uri(procedure.get_absolute_url())
        ),
    }
    return page(request, "procedures/public_detail.html", context)


@require_safe
def public_versions(request: HttpRequest, code: str) -> HttpResponse:
    procedure = get_object_or_404(queries.known_procedures(), code=code)
    versions = queries.public_versions().filter(procedure=procedure)
    return page(
        request, "procedures/public_versions.html", {"procedure": procedure, "versions": list(versions)}
    )


@require_safe
def public_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two versions side by side; without a choice, the newest beside the one before it."""
    procedure = get_object_or_404(queries.known_procedures(), code=code)
    versions = list(queries.public_versions().filter(procedure=procedure))
    before, after = _chosen(request, versions)
    context = {
        "procedure": procedure,
        "versions": versions,
        "before": before,
        "after": after,
        "fields": queries.compare(before, after) if before and after else [],
    }
    return page(request, "procedures/public_compare.html", context)


def _chosen(
    request: HttpRequest, versions: list[ProcedureVersion]
) -> tuple[ProcedureVersion | None, ProcedureVersion | None]:
    by_number = {str(version.number): version for version in versions}
    after = by_number.get(request.GET.get("den", ""), versions[0] if versions else None)
    older = [version for version in versions if after and version.number < after.number]
    before = by_number.get(request.GET.get("tu", ""), older[0] if older else None)
    return before, after


@require_safe
def public_file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """A form to fill in, always to be saved."""
    return file_of(get_object_or_404(queries.public_files(), pk=pk, version__procedure__code=code))


def file_of(row: Any) -> FileResponse:
    if not row.file.storage.exists(row.file.name):
        raise Http404
    response = FileResponse(
        row.file.open("rb"), as_attachment=True, filename=row.file_name, content_type=row.file_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def public_ask(request: HttpRequest, code: str) -> HttpResponse:
    """Where to ask about a procedure."""
    procedure = get_object_or_404(queries.known_procedures(), code=code)
    context = {
        "procedure": procedure,
        "desk": queries.desk_of(procedure.agency),
        "heading": _("Ask about this procedure"),
    }
    return page(request, "procedures/public_ask.html", context)
