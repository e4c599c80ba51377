"""The same document gives the same bytes: an Office package with nothing of the moment in it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip file can tell


def repack(package: bytes, replacing: Mapping[str, bytes] | None = None) -> bytes:
    """The package's members in their order, undated; `replacing` gives members new content."""
    new = replacing or {}
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(package)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, new[name] if name in new else old.read(name))
    return packed.getvalue()
