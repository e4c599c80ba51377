r"""Bytes to text, whatever the encoding.

Reads: bytes without a known binary signature. Writes: text with "\n" line ends.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from officialdoc.read.formats.legacy import converter_for
from officialdoc.read.formats.limits import MAX_CHARACTERS
from officialdoc.read.formats.refusals import refusal
from officialdoc.read.formats.vietnamese import syllable_share

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64 * 1024
_VIETNAMESE = 0.8
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def decode(data: bytes) -> str:
    text = _decoded(data)
    if _looks_binary(text):
        raise refusal("format_unknown")
    if len(text) > MAX_CHARACTERS:
        raise refusal("too_much_content")
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
    except UnicodeDecodeError:
        return _almost_utf8(data) or _guessed(data)


def _utf16_without_bom(data: bytes) -> str | None:
    head = data[:2000]
    if len(head) < 8 or head.count(0) < len(head) // 5:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _almost_utf8(data: bytes) -> str | None:
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
    vietnamese = _vietnamese_by_words(data)
    if vietnamese is not None:
        return vietnamese
    best = from_bytes(data[:_SAMPLE]).best()
    return data.decode(best.encoding if best else "latin-1", errors="replace")


def _vietnamese_by_words(data: bytes) -> str | None:
    """The reading, among the code pages that Vietnamese was typed in, that gives words;
    fonts that stood in for a code page are left for `legacy` to undo.
    """
    windows = data.decode("cp1258", errors="replace")
    western = data.decode("cp1252", errors="replace")
    if converter_for(western) is not None:
        return western
    return windows if syllable_share(unicodedata.normalize("NFC", windows)) >= _VIETNAMESE else None


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum(1 for char in sample if (char < " " and char not in "\t\n\r\f\x0b") or char == "\ufffd")
    return odd > len(sample) // 20
