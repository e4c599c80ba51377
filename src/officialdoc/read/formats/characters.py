"""One spelling for every character.

Reads: text as a file stores it. Writes: NFC text with plain spaces, without invisible
characters, and with Đ where a look-alike letter stood.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x2800)
_INVISIBLE = (
    0x00AD,
    0x034F,
    0x061C,
    0x115F,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0xFEFF,
    *range(0xFFF9, 0xFFFD),
)
_BREAKS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_CONTROLS = (*range(0x09), *range(0x0E, 0x20), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0))

_TABLE: dict[int, str | None] = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(_CONTROLS),
    **dict.fromkeys(_BREAKS, "\n"),
    0x2010: "-",
    0x2011: "-",
    0x0340: "\u0300",
    0x0341: "\u0301",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
}

_NEEDS_CARE = re.compile(r"[^\n -~]")
# Vietnamese has đ at the head of a syllable and inside capital abbreviations (HĐND);
# eth after a small letter is another language's and stays.
_ETH = re.compile(r"(?<![a-zß-ïñ-öø-ÿ])[\u00d0\u0189\u00f0\u0256]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE_RUN = re.compile(r"[ \t]{2,}|\t")


def clean(text: str) -> str:
    """Text with one spelling; line breaks and tabs are kept."""
    if not _NEEDS_CARE.search(text):
        return text
    text = text.replace("\r\n", "\n").translate(_TABLE)
    text = _without_surrogates(text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _ETH.sub(lambda m: "Đ" if m[0] in "\u00d0\u0189" else "đ", text)


def clean_line(text: str) -> str:
    """One line: cleaned, spaces squeezed, ends stripped."""
    text = clean(text).replace("\n", " ")
    return _SPACE_RUN.sub(" ", text).strip()


def clean_lines(text: str) -> list[str]:
    """The non-empty lines of a text, each as `clean_line` leaves it."""
    lines = (_SPACE_RUN.sub(" ", line).strip() for line in clean(text).split("\n"))
    return [line for line in lines if line]


def _without_surrogates(text: str) -> str:
    return _SURROGATES.sub("", text) if _SURROGATES.search(text) else text
