"""What a file is, by its content; its name only breaks a tie between text formats.

Reads: bytes and a name. Writes: a format, or the refusal that fits what the file is.
"""

from __future__ import annotations

import re
import zipfile

from officialdoc.read.formats.drafts import Format
from officialdoc.read.formats.package import Package
from officialdoc.read.formats.refusals import refusal

_SUFFIXES: dict[str, Format] = {
    "docx": "docx",
    "docm": "docx",
    "dotx": "docx",
    "pdf": "pdf",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "txt": "txt",
    "md": "md",
    "markdown": "md",
}
_IMAGES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\0",
    b"MM\0*",
    b"BM",
    b"RIFF",
    b"\0\0\0\x0cjP",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OLE_STREAM = "EncryptedPackage".encode("utf-16-le")
_HTML_HEAD = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>)?\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|meta|article|section|main|span|center|font|ul|ol|h[1-6]|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_SIGNS = re.compile(r"^(?:#{1,6} \S|\|.+\|\s*\n\|[ :|-]{3,}\|\s*$|\*\*[^*\n]+\*\*)", re.MULTILINE)


def suffix_of(name: str | None) -> str:
    _, dot, suffix = (name or "").rpartition(".")
    return suffix.lower() if dot else ""


def format_by_name(name: str | None) -> Format | None:
    return _SUFFIXES.get(suffix_of(name))


def binary_format(data: bytes) -> Format | None:
    """A docx or a pdf; None for what may be text; a refusal for anything else known."""
    head = data[:1024]
    if not data.strip(b" \t\r\n\0"):
        raise refusal("empty")
    if head.startswith(b"PK"):
        return _packed_format(data)
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_OLE):
        raise refusal("encrypted" if _ENCRYPTED_OLE_STREAM in data else "format_doc")
    if head.lstrip().startswith(b"{\\rtf"):
        raise refusal("format_rtf")
    if head.startswith(_IMAGES) and b"\0" in data[:4096]:
        raise refusal("format_image")
    if head.startswith(_ARCHIVES):
        raise refusal("format_archive")
    return None


def _packed_format(data: bytes) -> Format:
    try:
        package = Package(data)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise refusal("broken") from error
    names = package.names
    if "mimetype" in names and b"opendocument.text" in (package.read("mimetype") or b""):
        raise refusal("format_odt")
    if any(name.startswith(("xl/", "ppt/")) for name in names) or "content.xml" in names:
        raise refusal("format_sheet")
    if any(name.startswith("word/") for name in names) or "[Content_Types].xml" in names:
        return "docx"
    raise refusal("format_archive")


def text_format(text: str, name: str | None) -> Format:
    """html, md or txt for a decoded text."""
    if _HTML_HEAD.match(text[:8000]):
        return "html"
    named = format_by_name(name)
    if named == "html" and re.search(
        r"<(?:p|div|table|br|span|ul|ol|li|h[1-6]|b|strong)\b", text[:20_000], re.IGNORECASE
    ):
        return "html"
    if named == "md":
        return "md"
    if named != "txt" and len(_MARKDOWN_SIGNS.findall(text[:20_000])) >= 3:
        return "md"
    return "txt"
