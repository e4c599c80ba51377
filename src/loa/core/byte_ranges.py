"""Parts of a file, as players ask for them (RFC 9110, section 14): to jump within a recording; Safari plays none without.

One range is answered. Several at once, another unit, or a copy that has changed since: then the whole file comes.
"""

from __future__ import annotations

import re
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse

SPAN = re.compile(r"(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})")


class UnsatisfiableError(Exception):
    """No byte of the file is meant, or what is meant cannot be read."""


def asked_part(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for; None where the whole file is to be sent.

    Raises UnsatisfiableError.
    """
    unit, is_there, spans = header.partition("=")
    if not is_there or unit.strip().lower() != "bytes" or "," in spans:
        return None
    found = SPAN.fullmatch(spans.strip())
    if found is None or found.group() == "-":
        raise UnsatisfiableError
    first, last = found["first"], found["last"]
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        raise UnsatisfiableError
    return start, end


class Part:
    """So many bytes of an open file from a place on. A remote store is asked for just these."""

    def __init__(self, file: Any, start: int, length: int) -> None:
        self.file, self.left = file, length
        remote = getattr(file, "obj", None)  # django-storages: an object of an S3 store
        if remote is not None:
            self.source = remote.get(Range=f"bytes={start}-{start + length - 1}")["Body"]
        else:
            file.seek(start)
            self.source = file

    def read(self, size: int) -> bytes:
        piece: bytes = self.source.read(min(size, self.left)) if self.left else b""
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        self.source.close()
        self.file.close()


def send_file(
    request: HttpRequest, file: Any, *, etag: str = "", **given: Any
) -> FileResponse | HttpResponse:
    """An open file or the part asked for: 200, 206, or 416 where there is no such part. Closes the file.

    `etag`: with its quotation marks; without it a part is never sent on condition of an unchanged copy.
    `given`: what FileResponse takes.
    """
    size, part = file.size, None
    conditions = request.headers.get("If-Range", etag)
    if request.method == "GET" and "Range" in request.headers and conditions == etag:
        try:
            part = asked_part(request.headers["Range"], size)
        except UnsatisfiableError:
            file.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size - 1)
    response = FileResponse(file if part is None else Part(file, start, end - start + 1), **given)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start + 1)
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
    if etag:
        response["ETag"] = etag
    return response
