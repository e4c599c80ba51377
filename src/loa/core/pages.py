"""Pages and fragments: one template, the whole page or a named part of it for htmx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from loa.core.uploads import TYPES

_ASKED = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_PIECE = 256 * 1024


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page; with `part`, only that named part when htmx asks (a template partial)."""
    if part and request.headers.get("HX-Request"):
        template = f"{template}#{part}"
    return render(request, template, context, status=status)


def file_response(content: bytes, form: str, name: str) -> HttpResponse:
    """A file to keep, `form` being its ending: never shown inside the page."""
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def ranged_response(
    request: HttpRequest, file: BinaryIO, *, size: int, content_type: str
) -> HttpResponseBase:
    """A sound or film that a player may ask for in pieces (Range: bytes=…), never run as a page of ours."""
    start, end = _range(request.headers.get("Range", ""), size)
    file.seek(start)
    is_part = (start, end) != (0, size - 1)
    response = StreamingHttpResponse(
        _pieces(file, end - start + 1), status=206 if is_part else 200, content_type=content_type
    )
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _range(asked: str, size: int) -> tuple[int, int]:
    """The first and the last byte that are asked for; everything where the header cannot be kept."""
    found = _ASKED.fullmatch(asked.strip())
    if not found or not (found[1] or found[2]):
        return 0, size - 1
    if not found[1]:
        return max(size - int(found[2]), 0), size - 1
    start, end = int(found[1]), int(found[2]) if found[2] else size - 1
    return (start, min(end, size - 1)) if start <= end and start < size else (0, size - 1)


def _pieces(file: BinaryIO, count: int) -> Iterator[bytes]:
    with file:
        while count > 0 and (piece := file.read(min(_PIECE, count))):
            count -= len(piece)
            yield piece
