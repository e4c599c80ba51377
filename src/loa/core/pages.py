"""Pages and fragments: one template, the whole page or a named part of it for htmx."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from loa.core.uploads import TYPES


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
