"""A .docx in the exact form of the decree in force.

Reads: an `OutgoingDocument`. Writes: the bytes of a Word file, the same for the same document.
Stages: printed.py (what it says) → word_parts.py (elements) → here (sections, numbers, package).
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.section import Section
from docx.shared import Mm
from lxml import etree

from . import word_parts as parts
from .characters import printable
from .form import Form, form_for
from .model import Figure, OutgoingDocument
from .package import repack
from .pictures import WIDTH, png
from .printed import Printed, printed, subject
from .word_styles import set_styles, style_id
from .word_xml import Element, W, el, mm, paragraph, run

LONGEST_PROPERTY = 255
UNUSED = {RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.NUMBERING}
UNUSED_KIND = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def write_docx(document: OutgoingDocument, form: Form | None = None) -> bytes:
    """The document as a Word file, in `form` or in the one in force on its date."""
    form = form or form_for(document.on)
    sheet = printed(document, form)
    word = blank_document(form)
    describe(word, document)
    write_sheet(word, sheet, form)
    for annex in sheet.annexes:
        section = word.add_section(WD_SECTION.NEW_PAGE)
        shrink_section_break(word)
        set_page(section, form, landscape=annex.landscape)
        number_pages(section, sheet, form, landscape=annex.landscape)
        width = form.page.text_width_turned if annex.landscape else form.page.text_width
        append(word, parts.annex_head(annex))
        append(word, parts.blocks(annex.blocks, width, lambda figure: picture(word, figure)))
    packed = BytesIO()
    word.save(packed)
    return repack(packed.getvalue())


def write_sheet(word: WordDocument, sheet: Printed, form: Form) -> None:
    """The document itself, before its annexes."""
    section = word.sections[0]
    set_page(section, form, landscape=False)
    number_pages(section, sheet, form, landscape=False)
    body = parts.blocks(sheet.body, form.page.text_width, lambda figure: picture(word, figure))
    parts.keep_with_next(body[-1])
    append(word, parts.head(sheet, form))
    append(word, parts.title(sheet, form))
    append(word, parts.addressees(sheet))
    append(word, parts.bases(sheet))
    append(word, body)
    append(word, parts.signature(sheet, form))


def append(word: WordDocument, elements: list[Element]) -> None:
    """Before the section properties that end the body."""
    end = word.element.body.sectPr
    for element in elements:
        end.addprevious(element)


def blank_document(form: Form) -> WordDocument:
    return Document(BytesIO(blank_package(form)))


@cache
def blank_package(form: Form) -> bytes:
    """python-docx's own blank document in the form's styles, without the parts nobody reads."""
    word = Document()
    set_styles(word, form)
    set_version(word)
    for holder in (word.part, word.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype in UNUSED or relation.reltype == UNUSED_KIND:
                holder.rels.pop(key)
    packed = BytesIO()
    word.save(packed)
    return packed.getvalue()


def set_version(word: WordDocument) -> None:
    """Today's Word, so that it opens the file without its compatibility mode."""
    for setting in word.settings.element.iter(el("compatSetting").tag):
        if setting.get(W + "name") == "compatibilityMode":
            setting.set(W + "val", "15")


def describe(word: WordDocument, document: OutgoingDocument) -> None:
    """File properties; the only moment in them is the document's own date."""
    properties = word.core_properties
    properties.title = printable(subject(document))[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = printable(document.agency)[:LONGEST_PROPERTY]
    properties.language = "vi-VN"
    properties.comments = ""
    if document.on:
        properties.created = properties.modified = datetime.combine(document.on, time(), UTC)
    else:
        root = properties._element  # noqa: SLF001  python-docx cannot remove a property
        for moment in root.xpath("dcterms:created | dcterms:modified"):
            root.remove(moment)


def set_page(section: Section, form: Form, *, landscape: bool) -> None:
    page = form.page
    width, height = (page.height, page.width) if landscape else (page.width, page.height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance = section.footer_distance = Mm(page.header)


def number_pages(section: Section, sheet: Printed, form: Form, *, landscape: bool) -> None:
    """Every section counts from 1, centred in the top margin, silent on its first page."""
    for old in section._sectPr.findall(el("pgNumType").tag):  # noqa: SLF001
        section._sectPr.remove(old)  # noqa: SLF001
    section._sectPr.get_or_add_pgMar().addnext(el("pgNumType", start=1))  # noqa: SLF001
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    width = form.page.text_width_turned if landscape else form.page.text_width
    replace_content(section.header._element, page_line(width, sheet.mark))  # noqa: SLF001


def page_line(width: float, mark: str | None) -> Element:
    """The page number in the middle and, on a draft or a sample, its mark at the right."""
    content = [run("\t"), page_field()]
    if mark:
        content += [run("\t"), run(f" {mark} ", bold=True, boxed=True)]
    line = paragraph(*content, style=style_id("page_number"), align="left")
    stops = el("tabs", el("tab", val="center", pos=mm(width / 2)), el("tab", val="right", pos=mm(width)))
    line[0].insert(1, stops)
    return line


def page_field() -> Element:
    return el("fldSimple", run("2"), instr="PAGE")


def replace_content(root: Element, line: Element) -> None:
    for old in list(root):
        root.remove(old)
    root.append(line)


def shrink_section_break(word: WordDocument) -> None:
    """The paragraph that carries a section's end must not spill on a page of its own."""
    carrier = word.element.body.sectPr.getprevious()
    properties = carrier.find(el("pPr").tag)
    properties.insert(0, el("pStyle", val="Bare"))
    properties.insert(1, el("spacing", before=0, after=0, line=20, lineRule="exact"))


def picture(word: WordDocument, figure: Figure) -> Element:
    """The chart as a picture, its description as the alternative text."""
    chart = figure.chart
    line = word.add_paragraph(style="Bare")
    inline = line.add_run().add_picture(BytesIO(png(chart.svg)), width=Mm(WIDTH))
    drawing = inline._inline.docPr  # noqa: SLF001
    drawing.set("name", printable(chart.title))
    drawing.set("descr", printable(chart.description))
    element: etree._Element = line._p  # noqa: SLF001
    element.get_or_add_pPr().append(el("jc", val="center"))  # type: ignore[attr-defined]
    element.getparent().remove(element)  # type: ignore[union-attr]
    return element
