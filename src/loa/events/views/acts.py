"""The one page on which the acts of gatherings stand, and how a file of theirs is given."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import FileResponse

from loa.core import acting
from loa.core.acting import TAKEN, attempt
from loa.core.views.sheets import posted

__all__ = ["TAKEN", "act", "as_download", "attempt", "posted", "refusal"]

act = partial(acting.act, template="events/act.html")
refusal = partial(acting.refusal, template="events/act.html")


def as_download(row: Any) -> FileResponse:
    """The file of a row: always to keep, never opened inside the page."""
    response = FileResponse(
        row.file.open("rb"), as_attachment=True, filename=row.file_name, content_type=row.file_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
