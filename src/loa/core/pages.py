"""Pages and fragments: one template, the whole page or a named part of it for htmx."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
