from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from loa.core.workflow import FlowError

PDF_MARK = b"%PDF-"
MARK_WITHIN = 1024  # readers look for the mark in the first kilobyte


def check_pdf(file: UploadedFile) -> str:
    """The digest of a .pdf told by its content, not by its name. Raises FlowError."""
    if (file.size or 0) > settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        raise FlowError(_("The file is larger than %(limit)s MB.") % {"limit": settings.UPLOAD_LIMIT_MB})
    file.seek(0)
    start = file.read(MARK_WITHIN)
    if PDF_MARK not in start:
        raise FlowError(_("This is not a .pdf file, whatever its name says."))
    digest = sha256(start)
    for chunk in iter(lambda: file.read(1 << 16), b""):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
