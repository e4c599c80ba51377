"""Files that people send: checked by their content, cleaned, kept under their own digest.

What a file is called is only a label. A name that says otherwise than the content, a program in
disguise, a document with macros or an archive that unpacks to much more is refused with a sentence.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MEGABYTE = 1024 * 1024
MAX_MEMBERS = 4_000
MAX_UNPACKED = 400 * MEGABYTE
MAX_RATIO = 400
MAX_PIXELS = 60_000_000
_HEAD = 4096
_ENCRYPTED = 0x1

_OOXML = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OOXML}.wordprocessingml.document",
    "xlsx": f"{_OOXML}.spreadsheetml.sheet",
    "pptx": f"{_OOXML}.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
RECORDINGS = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "webm": "audio/webm"}
_SAME = {"jpeg": "jpg", "jpe": "jpg", "m4v": "mp4"}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_IMAGE_FORMATS = {"jpg": "JPEG", "png": "PNG"}
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,  # a compression nobody uses
    RuntimeError,
)
# letters that turn the reading direction or hide: "tep\u202egpj.exe" would read as a picture
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class UploadError(ValueError):
    """Why a file is not taken, as a sentence for who sent it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that passed: its clean content and name, what it is, and the digest of what is kept."""

    name: str
    kind: str  # a key of TYPES or of RECORDINGS
    content: bytes

    @property
    def type(self) -> str:
        return TYPES.get(self.kind) or RECORDINGS[self.kind]

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def check_upload(
    file: BinaryIO, name: str, *, limit_mb: int | None = None, kinds: Collection[str] = TYPES
) -> Upload:
    """Read at most the limit, find what the file is, clean it; only `kinds` are taken. Raises UploadError."""
    content = _read_within(file, limit_mb or settings.UPLOAD_LIMIT_MB)
    kind = _kind_of(content)
    if kind is None or kind not in kinds:
        raise UploadError(
            _("This kind of file is not taken. Taken are: %(kinds)s.") % {"kinds": ", ".join(sorted(kinds))}
        )
    suffix = _suffix(name)
    if suffix and _SAME.get(suffix, suffix) != kind:
        raise UploadError(
            _(
                "The file is called .%(suffix)s but its content is %(kind)s. Save it again under the right name."
            )
            % {"suffix": suffix, "kind": kind.upper()}
        )
    if kind in _IMAGE_FORMATS:
        content = without_metadata(content, kind)
    return Upload(name=clean_name(name, kind), kind=kind, content=content)


def check_recording(file: BinaryIO, name: str, *, limit_mb: int) -> Upload:
    """A voice recording, known by its first bytes: what browsers and phones record. Raises UploadError."""
    content = _read_within(file, limit_mb)
    kind = _recording_kind(content[:_HEAD])
    if kind is None:
        raise UploadError(
            _("This is no recording that can be played. Taken are: %(kinds)s.")
            % {"kinds": ", ".join(sorted(RECORDINGS))}
        )
    return Upload(name=clean_name(name, kind), kind=kind, content=content)


def _recording_kind(head: bytes) -> str | None:
    if head.startswith(b"OggS"):
        return "ogg"
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return "webm"
    if head[4:8] == b"ftyp" and head[8:12] in (b"M4A ", b"mp42", b"isom", b"iso5", b"dash"):
        return "m4a"
    return "mp3" if _media_kind(head) == "mp3" else None


def keep(upload: Upload, folder: str) -> str:
    """Keep a file under its digest; the same content is kept once. Returns its name in the storage."""
    digest = upload.sha256
    path = f"{folder}/{digest[:2]}/{digest}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(upload.content))
    return path


def clean_name(name: str, kind: str) -> str:
    """A name safe to show and to save under: no path, no control or hidden letters, the true ending."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(char for char in _UNSEEN.sub("", last) if unicodedata.category(char)[0] != "C")
    stem = visible.rsplit(".", 1)[0] if "." in visible else visible
    stem = re.sub(r'[<>:"|?*]+', " ", stem).strip(" .")
    return f"{stem[:150].strip() or 'tep'}.{kind}"


def without_metadata(content: bytes, kind: str) -> bytes:
    """The same picture, upright, without place, device and person."""
    try:
        with Image.open(io.BytesIO(content), formats=[_IMAGE_FORMATS[kind]]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise UploadError(_("The picture has too many pixels. Send a smaller one."))
            upright = ImageOps.exif_transpose(picture)
            if upright.mode == "P":
                upright = upright.convert("RGBA")
            bare = Image.new(upright.mode, upright.size)
            bare.paste(upright)
            out = io.BytesIO()
            bare.save(out, _IMAGE_FORMATS[kind], **({"quality": 92} if kind == "jpg" else {}))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        if isinstance(error, UploadError):
            raise
        raise UploadError(_("The picture is broken and cannot be opened.")) from error
    return out.getvalue()


def _read_within(file: BinaryIO, limit_mb: int) -> bytes:
    content = file.read(limit_mb * MEGABYTE + 1)
    if not content:
        raise UploadError(_("The file is empty."))
    if len(content) > limit_mb * MEGABYTE:
        raise UploadError(
            _("The file is larger than %(limit)s MB. Send a smaller one.") % {"limit": limit_mb}
        )
    return content


def _suffix(name: str) -> str:
    _stem, dot, suffix = name.rpartition(".")
    return suffix.strip().lower() if dot else ""


def _kind_of(content: bytes) -> str | None:
    head = content[:_HEAD]
    if head.startswith(b"PK"):
        return _office_kind(content)
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    return _media_kind(content)


def _media_kind(content: bytes) -> str | None:
    """Sound and film have many first bytes: puremagic knows them; its best guess must be one we take."""
    if content.startswith(b"ID3"):
        return "mp3"
    try:
        guesses = puremagic.magic_string(content[:_HEAD])
    except puremagic.PureError:
        return None
    for guess in guesses[:1]:
        if guess.mime_type in ("audio/mpeg", "audio/mp3"):
            return "mp3"
        if content[4:8] == b"ftyp" and (guess.mime_type.startswith("video/") or guess.extension == ".mp4"):
            return "mp4"
    return None


def _office_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _checked_members(archive)
            return _kind_by_members(archive, names)
    except _BROKEN_ARCHIVE as error:
        if isinstance(error, UploadError):
            raise
        raise UploadError(_("The file is broken and cannot be opened.")) from error


def _checked_members(archive: zipfile.ZipFile) -> set[str]:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise UploadError(_("The file unpacks to more than is allowed."))
    if unpacked > MEGABYTE and unpacked > packed * MAX_RATIO:
        raise UploadError(_("The file unpacks to more than is allowed."))
    names = {member.filename for member in members}
    if len(names) != len(members) or any(_leaves_folder(name) for name in names):
        raise UploadError(_("The file is broken and cannot be opened."))
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UploadError(_("The file is locked with a password. Remove it and send the file again."))
    return names


def _leaves_folder(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")


def _kind_by_members(archive: zipfile.ZipFile, names: set[str]) -> str:
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in lowered):
        raise UploadError(_("Documents with macros are not taken. Save it without macros."))
    if "mimetype" in names and _member(archive, "mimetype").strip() == TYPES["odt"].encode():
        return "odt"
    if "[Content_Types].xml" in names:
        if b"macroenabled" in _member(archive, "[Content_Types].xml").lower():
            raise UploadError(_("Documents with macros are not taken. Save it without macros."))
        for part, kind in _MAIN_PARTS.items():
            if part in names:
                return kind
    raise UploadError(_("Archives are not taken. Send the documents themselves."))


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(MEGABYTE)
