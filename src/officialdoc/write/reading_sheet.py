"""A sheet to be read aloud from, as .docx: large letters, wide lines, no paragraph split between pages."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.shared import Mm, Pt

from .characters import printable
from .package import repack

_MARGIN = 20  # millimetres
_TITLE, _FACTS, _TEXT = 22, 13, 20  # points
_SPACING = 1.6


@dataclass(frozen=True, slots=True)
class ReadingSheet:
    title: str
    facts: tuple[str, ...]  # station, length, slot
    paragraphs: tuple[str, ...]


def write_reading_sheet(sheet: ReadingSheet) -> bytes:
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    word.styles["Normal"].font.name = "Times New Roman"
    word.core_properties.title = printable(sheet.title)[:255]
    word.core_properties.language = "vi-VN"
    _line(word, sheet.title, _TITLE, bold=True)
    _line(word, " · ".join(sheet.facts), _FACTS)
    for paragraph in sheet.paragraphs:
        _line(word, paragraph, _TEXT, spacing=_SPACING)
    packed = BytesIO()
    word.save(packed)
    return repack(packed.getvalue())


def _line(word: object, text: str, size: int, *, bold: bool = False, spacing: float = 1.0) -> None:
    paragraph = word.add_paragraph()  # type: ignore[attr-defined]
    paragraph.paragraph_format.line_spacing = spacing
    paragraph.paragraph_format.space_after = Pt(12)
    paragraph.paragraph_format.keep_together = True
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    run.bold = bold
