"""Bytes to text, whatever the encoding.

Reads: bytes without a known binary signature. Writes: text with "\\n" line ends.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from officialdoc.read.formats.refusals import refusal

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def decode(data: bytes) -> str:
    text = _decoded(data)
    if _looks_binary(text):
        raise refusal("format_unknown")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    sixteen = _utf16_without_bom(data)
    if sixteen:
        return data.decode(sixteen, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _almost_utf8(data, error) or _guessed(data)


def _utf16_without_bom(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 8 or head.count(0) < len(head) // 5:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _almost_utf8(data: bytes, error: UnicodeDecodeError) -> str | None:
    """UTF-8 that was cut or has a few bad bytes is still UTF-8."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text[:_SAMPLE] if char > "\x7f" and char != "\ufffd")
    return text if bad <= 3 + good // 50 and good > bad else None


def _guessed(data: bytes) -> str:
    declared = _DECLARED.search(data[:4000])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    for encoding in ("cp1258", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text
    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "latin-1", errors="replace")


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(1 for char in sample if (char < " " and char not in "\t\n\r\f\x0b") or char == "\ufffd")
    return odd > len(sample) // 20
