"""Files for everybody: renditions of pictures, whose names change with what they hold, so that they may be kept for
ever; and recordings, of which a player fetches the part it needs.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import quote_etag
from django.views.decorators.http import etag, require_safe
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.documents.views.serve import serve

from loa.core.byte_ranges import send_file
from loa.portal.models import Attachment

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


@require_safe
def attachment_file(request: HttpRequest, pk: str, name: str) -> Any:
    """A recording comes in the parts that a player asks for; every other file as Wagtail hands it out."""
    attachment = get_object_or_404(Attachment, pk=pk)
    if not attachment.is_recording or attachment.filename != name:
        return serve(request, pk, name)
    for check in hooks.get_hooks("before_serve_document"):
        answer = check(attachment, request)
        if answer is not None:
            return answer
    document_served.send(sender=Attachment, instance=attachment, request=request)
    mark = quote_etag(attachment.file_hash) if attachment.file_hash else ""
    return etag(lambda *_: mark or None)(_recording)(request, attachment, mark)


def _recording(request: HttpRequest, attachment: Attachment, mark: str) -> FileResponse | HttpResponse:
    try:
        file = attachment.file.storage.open(attachment.file.name)
    except (OSError, ValueError) as error:
        raise Http404 from error
    response = send_file(
        request,
        file,
        etag=mark,
        content_type=attachment.content_type,
        as_attachment=True,
        filename=attachment.filename,
    )
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
