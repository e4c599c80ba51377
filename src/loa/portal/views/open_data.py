"""Open data: the catalogue, each table's page, and its files. Nothing here asks who reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zlib import crc32

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import condition, require_safe

from loa.core.pages import page
from loa.portal.queries import open_data, open_data_formats
from loa.portal.queries.open_data import Dataset

LOOK = 5  # rows shown on a table's page


def version(request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    """Of whatever is told at an address: the facts, and what was asked of them."""
    asked = crc32(f"{request.LANGUAGE_CODE} {request.get_full_path()}".encode())  # type: ignore[attr-defined]
    return f'"{open_data.version_of_facts()}-{asked:x}"'


def modified(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> datetime:
    return open_data.updated_at()


def unchanged_is_not_sent(view: Any) -> Any:
    """`ETag` and `Last-Modified`: who has the newest version is told so in a line."""
    return condition(etag_func=version, last_modified_func=modified)(view)


def fresh(response: Any) -> Any:
    """To be kept by anybody, and asked for anew before it is used."""
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def dataset_or_404(name: str) -> Dataset:
    dataset = open_data.dataset_named(name)
    if dataset is None:
        raise Http404
    return dataset


def plan_asked(request: HttpRequest) -> int | None:
    """?ke_hoach=12: the rows of one plan."""
    asked = request.GET.get("ke_hoach", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        raise Http404
    return int(asked)


@require_safe
def open_data_catalogue(request: HttpRequest) -> HttpResponse:
    rows = [(dataset, len(dataset.rows(None))) for dataset in open_data.datasets()]
    context = {"datasets": rows, "updated": open_data.updated_at()}
    return page(request, "portal/open_data/catalogue.html", context)


@require_safe
@unchanged_is_not_sent
def open_data_jsonld(_request: HttpRequest) -> HttpResponse:
    told = open_data_formats.catalogue_of(open_data.datasets(), updated=open_data.updated_at())
    return fresh(_json(told, "application/ld+json"))


@require_safe
def dataset(request: HttpRequest, name: str) -> HttpResponse:
    found = dataset_or_404(name)
    rows = found.rows(None)
    context = {
        "dataset": found,
        "count": len(rows),
        "look": rows[0:LOOK],
        "updated": open_data.updated_at(),
    }
    return page(request, "portal/open_data/dataset.html", context)


@require_safe
@unchanged_is_not_sent
def dataset_file(request: HttpRequest, name: str, form: str) -> StreamingHttpResponse:
    """The whole table, sent while it is read."""
    found = dataset_or_404(name if form in open_data_formats.FORMS else "")
    rows = found.rows(plan_asked(request) if found.is_by_plan else None)
    if form == "csv":
        pieces, media_type = (
            open_data_formats.csv_pieces(found, rows),
            "text/csv; charset=utf-8; header=present",
        )
    else:
        pieces = open_data_formats.json_pieces(found, rows, updated=open_data.updated_at())
        media_type = "application/json"
    response = StreamingHttpResponse(pieces, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}.{form}"'
    response["Link"] = f'<{open_data_formats.url_of("portal:dataset_schema", found.name)}>; rel="describedby"'
    response["Access-Control-Allow-Origin"] = "*"
    return fresh(response)


@require_safe
@unchanged_is_not_sent
def dataset_schema(_request: HttpRequest, name: str) -> HttpResponse:
    told = open_data_formats.schema_of(dataset_or_404(name), updated=open_data.updated_at())
    return fresh(_json(told, "application/csvm+json"))


def _json(told: Any, media_type: str) -> JsonResponse:
    response = JsonResponse(
        told, content_type=media_type, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
