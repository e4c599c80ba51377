""".docx → `Source`.

Reads: the package's main part, styles and numbering, nothing else of it. Writes: lines
and tables in document order. Headers, footers, notes and comments are out of the flow.
"""

from __future__ import annotations

import re

from lxml import etree

from officialdoc.model import Source
from officialdoc.read.formats.characters import clean_line
from officialdoc.read.formats.cut_rows import join_cut_rows
from officialdoc.read.formats.docx_names import MAIN_NAMESPACE, STRICT_NAMESPACE, VAL, w
from officialdoc.read.formats.docx_numbers import Numbers
from officialdoc.read.formats.docx_runs import RunReader
from officialdoc.read.formats.docx_styles import Look, Styles, with_paragraph
from officialdoc.read.formats.docx_tables import read_table
from officialdoc.read.formats.drafts import BlockDraft, Line, TableDraft, assemble
from officialdoc.read.formats.legacy import CONVERTED, Converter, converter_for
from officialdoc.read.formats.limits import MAX_DEPTH, MAX_LINES
from officialdoc.read.formats.package import Package, parse_xml
from officialdoc.read.formats.refusals import refusal

_BODY, _PARAGRAPH, _TABLE = w("body"), w("p"), w("tbl")
_PPR, _RPR, _PSTYLE, _DELETED = w("pPr"), w("rPr"), w("pStyle"), w("del")
_SDT, _SDT_CONTENT, _SDT_PR, _GALLERY = w("sdt"), w("sdtContent"), w("sdtPr"), w("docPartGallery")
_PASSED = frozenset(w(name) for name in ("customXml", "ins", "moveTo", "smartTag", "sdtContent"))
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NO_LIST = "0"
_TEXT = w("t")
_UNICODE_LETTERS = re.compile("[\u1ea0-\u1eff]")
_SAMPLE = 2000


def read_docx(data: bytes) -> Source:
    package = Package(data)
    main = package.main_part()
    body = _body(package, main or "")
    styles = Styles(_beside(package, main, "styles"))
    numbering = _beside(package, main, "numbering")
    convert = _converter(body)
    blocks = _Reader(styles, Numbers(numbering, styles), convert).blocks(body)
    tables = [join_cut_rows(block) if isinstance(block, TableDraft) else block for block in blocks]
    return assemble(tables, "docx", () if convert is None else (CONVERTED,))


def _converter(body: etree._Element) -> Converter | None:
    """How to read the runs, where a legacy font was used instead of Unicode."""
    text = "\n".join(item.text for item in body.iter(_TEXT) if item.text)
    return None if _UNICODE_LETTERS.search(text[:_SAMPLE]) else converter_for(text)


def _body(package: Package, main: str) -> etree._Element:
    root = _part(package, main)
    body = None if root is None else root.find(_BODY)
    if body is None:
        raise refusal("broken")
    return body


def _beside(package: Package, main: str | None, kind: str) -> etree._Element | None:
    name = package.part_beside(main or "", kind)
    return None if name is None else _part(package, name)


def _part(package: Package, name: str) -> etree._Element | None:
    data = package.read(name)
    if data is None:
        return None
    return parse_xml(data.replace(STRICT_NAMESPACE, MAIN_NAMESPACE))


class _Reader:
    def __init__(self, styles: Styles, numbers: Numbers, convert: Converter | None) -> None:
        self._styles = styles
        self._numbers = numbers
        self._convert = convert
        self._runs = RunReader(styles)
        self._depth = 0
        self._count = 0
        self._carried = ""  # text of a paragraph whose end was deleted

    def blocks(self, parent: etree._Element) -> list[BlockDraft]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise refusal("too_much_content")
        found: list[BlockDraft] = []
        self._walk(parent, found)
        self._depth -= 1
        return found

    def _walk(self, parent: etree._Element, found: list[BlockDraft]) -> None:
        for item in parent:
            tag = item.tag
            if tag == _PARAGRAPH:
                found.extend(self._paragraph(item))
            elif tag == _TABLE:
                found.extend(read_table(item, self.blocks))
            elif tag == _SDT:
                content = item.find(_SDT_CONTENT)
                if content is not None and not _is_contents_list(item):
                    self._walk(content, found)
            elif tag in _PASSED:
                self._walk(item, found)
            elif tag == _MC + "AlternateContent" and len(item):
                self._walk(item[0], found)

    def _paragraph(self, paragraph: etree._Element) -> list[BlockDraft]:
        self._count += 1
        if self._count > MAX_LINES:
            raise refusal("too_much_content")
        properties = paragraph.find(_PPR)
        style = None
        if properties is not None:
            named = properties.find(_PSTYLE)
            style = None if named is None else named.get(VAL)
        base = self._styles.look(style)
        look = with_paragraph(base, properties)
        inline = self._runs.read(paragraph, base)
        label = self._label(look, style)
        text = self._carried + (self._convert(inline.text) if self._convert else inline.text)
        self._carried = ""
        if _is_end_deleted(properties):
            self._carried = label + text
            return []
        is_bold, is_italic = (2 * part > inline.total > 0 for part in (inline.bold, inline.italic))
        level = look.num_level or 0 if label and look.outline is None else look.outline
        found: list[BlockDraft] = [
            Line(part, None, look.align, is_bold, is_italic, level)
            for part in map(clean_line, (label + text).split("\n"))
            if part
        ]
        for box in inline.boxes:
            found.extend(self.blocks(box))
        return found

    def _label(self, look: Look, style: str | None) -> str:
        if look.num_id is None or look.num_id == _NO_LIST:
            return ""
        return self._numbers.label(look.num_id, look.num_level, style)


def _is_end_deleted(properties: etree._Element | None) -> bool:
    return properties is not None and properties.find(f"{_RPR}/{_DELETED}") is not None


def _is_contents_list(control: etree._Element) -> bool:
    gallery = control.find(f"{_SDT_PR}/{w('docPartObj')}/{_GALLERY}")
    return gallery is not None and gallery.get(VAL) == "Table of Contents"
