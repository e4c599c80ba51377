"""Word styles of a form: one named style per component, so a clerk can mend a whole kind at once.

Reads: a `Form`. Writes: styles.xml of a python-docx document, emptied of what is not used.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.styles.style import ParagraphStyle

from .form import Form
from .word_xml import LINE, Element, el, mm, pt

KEPT = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header", "HeaderChar"}
SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
OUTLINE = {"heading_1": 0, "heading_2": 1, "heading_3": 2}
FLOWING = {"legal_basis", *OUTLINE}
CENTRED = {
    "national_name", "motto", "parent_agency", "agency", "number", "date", "kind", "title",
    "authority", "signer", "annex", "annex_title", "attached", "page_number", "table_head",
}  # fmt: skip


def style_id(name: str) -> str:
    """The style "heading_1" of a form is "Heading 1" in Word, known there as "Heading1"."""
    return word_name(name).replace(" ", "")


def word_name(name: str) -> str:
    return name.replace("_", " ").title()


def set_styles(document: Document, form: Form) -> None:
    keep_only_used(document)
    set_defaults(document, form)
    style: ParagraphStyle = document.styles.add_style("Bare", WD_STYLE_TYPE.PARAGRAPH)
    style.element.append(paragraph_properties(form, flowing=False, centred=False))
    for name in form.styles:
        if name != "body":  # that is Normal
            add_style(document, form, name)


def keep_only_used(document: Document) -> None:
    root = document.styles.element
    for style in list(root.style_lst):
        if style.styleId not in KEPT:
            root.remove(style)


def set_defaults(document: Document, form: Form) -> None:
    """Font and language for every script, in the defaults and in Normal alike."""
    root = document.styles.element
    defaults = root.find(".//" + el("rPrDefault").tag)
    defaults.clear()
    defaults.append(
        el(
            "rPr",
            fonts(form.font.name),
            el("sz", val=28),
            el("szCs", val=28),
            el("lang", val="vi-VN", eastAsia="vi-VN"),
        )
    )
    normal = document.styles["Normal"].element
    for old in list(normal)[1:]:
        if old.tag in {el("rPr").tag, el("pPr").tag}:
            normal.remove(old)
    size = form.styles["body"].size * 2
    normal.append(paragraph_properties(form, flowing=True, centred=False))
    normal.append(
        el("rPr", fonts(form.font.name), el("color", val="000000"), el("sz", val=size), el("szCs", val=size))
    )


def fonts(name: str) -> Element:
    return el("rFonts", **dict.fromkeys(SCRIPTS, name))


def paragraph_properties(form: Form, *, flowing: bool, centred: bool, outline: int | None = None) -> Element:
    """Flowing text has the indent, the gap and the spacing of the body; the rest stands bare."""
    body = form.body
    properties = el("pPr")
    if outline is not None:
        properties.append(el("keepNext"))
    if flowing:
        gap, line, indent, align = pt(body.gap), round(LINE * body.line), mm(body.indent), "both"
    else:
        gap, line, indent, align = 0, LINE, 0, "center" if centred else "left"
    properties.append(el("spacing", before=gap, after=0, line=line, lineRule="auto"))
    properties.append(el("ind", firstLine=indent))
    properties.append(el("jc", val=align))
    if outline is not None:
        properties.append(el("outlineLvl", val=outline))
    return properties


def add_style(document: Document, form: Form, name: str) -> None:
    look = form.styles[name]
    outline = OUTLINE.get(name)
    style: ParagraphStyle = document.styles.add_style(word_name(name), WD_STYLE_TYPE.PARAGRAPH)
    element = style.element
    element.append(
        paragraph_properties(form, flowing=name in FLOWING, centred=name in CENTRED, outline=outline)
    )
    properties = el("rPr", fonts(form.font.name))
    if look.bold:
        properties.append(el("b"))
    if look.italic:
        properties.append(el("i"))
    properties.extend([el("color", val="000000"), el("sz", val=look.size * 2), el("szCs", val=look.size * 2)])
    element.append(properties)
