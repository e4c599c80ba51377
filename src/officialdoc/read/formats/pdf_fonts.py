"""Fonts whose letters are not what they look like.

Reads: the characters of all pages. Writes: the same, those of TCVN3 and VNI fonts in
Unicode; refuses pages of pictures and of letters that mean nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from officialdoc.model import Place, Warning_
from officialdoc.read.formats.legacy import CONVERTED, Converter, converter_for
from officialdoc.read.formats.pdf_glyphs import Glyph, PageContent
from officialdoc.read.formats.refusals import refusal

_FEW = 25  # characters on a page that is a picture
_UNMAPPED_SHARE = 0.15


def watch_text_layer(pages: Sequence[PageContent]) -> list[Warning_]:
    """Refuses a scan; warns of single scanned pages."""
    glyphs = [glyph for page in pages for glyph in page.glyphs if glyph.text.strip()]
    scanned = [number for number, page in enumerate(pages, 1) if page.has_picture and _count(page) < _FEW]
    if not glyphs or (scanned and len(glyphs) < _FEW * len(pages)):
        raise refusal("scan")
    unmapped = sum(1 for glyph in glyphs if glyph.is_unmapped or "\ue000" <= glyph.text <= "\uf8ff")
    if unmapped > _UNMAPPED_SHARE * len(glyphs):
        raise refusal("garbage_text")
    return [
        Warning_("scanned_page", f"Trang {number} là ảnh chụp, không có chữ để đọc.", Place(0, 0, number))
        for number in scanned
    ]


def _count(page: PageContent) -> int:
    return sum(1 for glyph in page.glyphs if glyph.text.strip())


def convert_fonts(pages: Sequence[PageContent]) -> list[Warning_]:
    """Rewrites, in place, the characters of legacy fonts, font by font."""
    texts: dict[str, list[str]] = {}
    for page in pages:
        for glyph in page.glyphs:
            texts.setdefault(glyph.font, []).append(glyph.text)
        for parts in texts.values():
            parts.append("\n")
    converters = {
        font: convert
        for font, parts in texts.items()
        if (convert := converter_for("".join(parts))) is not None
    }
    if not converters:
        return []
    for page in pages:
        page.glyphs = _converted(page.glyphs, converters)
    return [CONVERTED]


def _converted(glyphs: list[Glyph], converters: dict[str, Converter]) -> list[Glyph]:
    kept: list[Glyph] = []
    skip = False
    for glyph, after in zip(glyphs, [*glyphs[1:], None], strict=True):
        if skip:
            skip = False
            continue
        kept.append(glyph)
        convert = converters.get(glyph.font)
        if convert is None:
            continue
        if after is not None and after.font == glyph.font:
            pair = unicodedata.normalize("NFC", convert(glyph.text + after.text))
            if len(pair) == 1:  # VNI writes the vowel and its mark as two characters
                glyph.text, glyph.x1, skip = pair, max(glyph.x1, after.x1), True
                continue
        glyph.text = convert(glyph.text)
    return kept
