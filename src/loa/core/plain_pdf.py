"""A .pdf from a stranger: whole, readable without a password, and nothing in it that acts, runs or hides a file.

The bytes are read, never rendered: a hostile file cannot reach a renderer's faults.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from loa.core.uploads import MAX_UNPACKED, MEGABYTE, UploadError

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z0-9])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_UNPACKED_AT_MOST = min(MAX_UNPACKED, 40 * MEGABYTE)
_TAIL = 1024


def require_plain_pdf(content: bytes) -> None:
    """Raises UploadError with a sentence for who sent it."""
    if not _is_whole(content) or zipfile.is_zipfile(io.BytesIO(content)):
        raise UploadError(_("The file is broken and cannot be opened."))
    bare = _STREAM.sub(b"", content)
    if _LOCKED.search(_plain_names(bare)):
        raise UploadError(_("The file is locked with a password. Remove it and send the file again."))
    if any(_ACTS.search(_plain_names(part)) for part in (bare, *_object_streams(content))):
        raise UploadError(
            _("The .pdf holds a program or another file. Print it to a new .pdf and send that one.")
        )


def _is_whole(content: bytes) -> bool:
    """Begins as a .pdf, ends with its mark, and its table of contents stands where the end says."""
    head, _mark, after = content[-_TAIL:].rpartition(b"%%EOF")
    found = re.search(rb"startxref\s+(\d{1,10})\s*$", head)
    if not content.startswith(b"%PDF-") or after.strip(b"\r\n \0") or found is None:
        return False
    table = content[int(found[1]) : int(found[1]) + 40].lstrip()
    is_table = table.startswith(b"xref") or re.match(rb"\d+\s+\d+\s+obj", table) is not None
    return (is_table and b"/Page" in content) or (is_table and b"/ObjStm" in content)


def _object_streams(content: bytes) -> Iterator[bytes]:
    """What is packed among the objects. Raises UploadError where it unpacks to more than is allowed."""
    left = _UNPACKED_AT_MOST
    for found in _STREAM.finditer(content):
        if b"/ObjStm" not in content[max(0, found.start() - 400) : found.start()]:
            continue
        unpacker = zlib.decompressobj()
        try:
            part = unpacker.decompress(found[1], left)
        except zlib.error:
            continue  # another packing: nothing that a common reader would run
        left -= len(part)
        if left <= 0 or unpacker.unconsumed_tail:
            raise UploadError(_("The file unpacks to more than is allowed."))
        yield part


def _plain_names(part: bytes) -> bytes:
    """Names may hide their letters: /J#53 is /JS."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)
