"""Files from anybody: pictures, .pdf and sound, each checked by its content; a bad one is named with its reason."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core.plain_pdf import require_plain_pdf
from loa.core.recordings import clean_recording
from loa.core.uploads import RECORDINGS, Upload, UploadError, check_recording, check_upload, clean_name

LIMIT_MB = 10  # each
ACCEPT = ".jpg,.jpeg,.png,.pdf,.mp3,.m4a,.ogg,.webm,image/jpeg,image/png,application/pdf,audio/*"
_TAKEN = ("jpg", "png", "pdf")
_SOUND = {*RECORDINGS, "oga", "opus", "mp4a", "aac", "wav"}


def check_citizen_file(file: Any) -> Upload:
    """The clean content of one file. Raises UploadError with a sentence for who sent it."""
    if (file.size or 0) > LIMIT_MB * 1024 * 1024:
        raise UploadError(
            _("The file is larger than %(limit)s MB. Send a smaller one.") % {"limit": LIMIT_MB}
        )
    suffix = file.name.rpartition(".")[2].strip().lower()
    upload = _sound(file) if suffix in _SOUND else _paper(file)
    if upload.kind in ("jpg", "png"):
        return upload  # made anew from its pixels
    if upload.kind == "pdf":
        require_plain_pdf(upload.content)
        return upload
    content = clean_recording(upload.content, upload.kind)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise UploadError(_("The file is broken and cannot be opened."))
    return Upload(upload.name, upload.kind, content)


def _sound(file: Any) -> Upload:
    return check_recording(file, file.name, limit_mb=LIMIT_MB)


def _paper(file: Any) -> Upload:
    upload = check_upload(file, file.name, limit_mb=LIMIT_MB)
    if upload.kind not in _TAKEN:
        raise UploadError(
            _("This kind of file is not taken. Taken are pictures (.jpg, .png), .pdf and voice recordings.")
        )
    return upload


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        del data
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Several files at once; `clean` gives the good ones and keeps the reasons of the bad ones beside them."""

    widget = ManyFiles(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> Checked:
        del initial
        checked = Checked()
        for file in data or []:
            try:
                checked.good.append(check_citizen_file(file))
            except UploadError as error:
                checked.bad.append((clean_name(file.name, "")[:-1], str(error)))
        return checked


class Checked:
    """What was sent at once: the good files, and each bad one's name with its reason."""

    def __init__(self) -> None:
        self.good: list[Upload] = []
        self.bad: list[tuple[str, str]] = []

    def sentences(self) -> list[str]:
        return [f"{name}: {reason}" for name, reason in self.bad]


class FilesForm(forms.Form):
    """Pictures, papers, recordings."""

    attached = FilesField(
        label=gettext_lazy("Choose files"),
        required=False,
        help_text=gettext_lazy("Up to 5 files of 10 MB each: pictures (.jpg, .png), .pdf, voice recordings."),
    )
