"""Renditions of pictures, for everybody: their names change with what they hold, so they may be kept for ever."""

from __future__ import annotations

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

PICTURES = {"webp": "image/webp", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def public_file(request: HttpRequest, name: str) -> FileResponse:
    """A picture is shown; anything else is at most kept, never run in our name."""
    storage = storages["public"]
    try:
        file = storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    shown_as = PICTURES.get(name.rsplit(".", 1)[-1].lower())
    response = FileResponse(
        file, content_type=shown_as or "application/octet-stream", as_attachment=shown_as is None
    )
    response["Cache-Control"] = FOR_EVER
    response["X-Content-Type-Options"] = "nosniff"
    return response
