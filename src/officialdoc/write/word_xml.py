"""The few WordprocessingML elements a document is made of, for what python-docx has no words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docx.oxml.ns import nsmap
from lxml import etree

from officialdoc.model import Align

from .characters import printable
from .form import TextStyle
from .model import Run

W = f"{{{nsmap['w']}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_POINT = 20
BREAKS = {"\t": "tab", "\n": "br"}
SPLIT = re.compile("([\t\n])")
LINE = 240  # one line, in the unit of w:spacing

Element = etree._Element  # noqa: SLF001  lxml gives its element class no public name


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """<w:tag w:attribute="…">children</w:tag>."""
    element = etree.Element(
        W + tag, {W + key: str(value) for key, value in attributes.items()}, nsmap={"w": nsmap["w"]}
    )
    element.extend(children)
    return element


def mm(length: float) -> int:
    """Millimetres to twips."""
    return round(length * TWIPS_PER_MM)


def pt(length: float) -> int:
    """Points to twips."""
    return round(length * TWIPS_PER_POINT)


def run(
    text: str,
    style: TextStyle | None = None,
    *,
    bold: bool = False,
    italic: bool = False,
    boxed: bool = False,
) -> Element:
    """Tabs and line ends of the text become Word's. Without a style it looks as its paragraph does."""
    element = el("r")
    properties = run_properties(style, bold=bold, italic=italic, boxed=boxed)
    if len(properties):
        element.append(properties)
    for part in SPLIT.split(printable(text)):
        if part in BREAKS:
            element.append(el(BREAKS[part]))
        elif part:
            words = el("t")
            words.text = part
            words.set(XML_SPACE, "preserve")
            element.append(words)
    return element


def run_properties(
    style: TextStyle | None, *, bold: bool = False, italic: bool = False, boxed: bool = False
) -> Element:
    properties = el("rPr")
    if bold or (style and style.bold):
        properties.append(el("b"))
    if italic or (style and style.italic):
        properties.append(el("i"))
    if style:
        properties.extend([el("sz", val=style.size * 2), el("szCs", val=style.size * 2)])
    if boxed:
        properties.append(el("bdr", val="single", sz=8, space=1, color="auto"))
    return properties


def runs(parts: Iterable[Run]) -> list[Element]:
    return [run(part.text, bold=part.bold, italic=part.italic) for part in parts]


def paragraph(
    *content: Element,
    align: Align | None = None,
    style: str | None = None,
    before: float | None = None,
    after: float | None = None,
    keep_next: bool = False,
) -> Element:
    """`before` and `after` in points; what is not said comes from the paragraph style."""
    properties = el("pPr")
    if style:
        properties.append(el("pStyle", val=style))
    if keep_next:
        properties.append(el("keepNext"))
    if before is not None or after is not None:
        gaps = {"before": before, "after": after}
        properties.append(el("spacing", **{side: pt(gap) for side, gap in gaps.items() if gap is not None}))
    if align:
        properties.append(el("jc", val=align))
    return el("p", properties, *content) if len(properties) else el("p", *content)


def rule(length: float, room: float, *, after: float = 0) -> Element:
    """A solid line `length` points long, centred in `room` points: an empty paragraph with a top border."""
    side = pt(max(room - length, 0) / 2)
    return el(
        "p",
        el(
            "pPr",
            el("pStyle", val="Bare"),
            el("pBdr", el("top", val="single", sz=6, space=1, color="000000")),
            el("spacing", before=60, after=pt(after), line=40, lineRule="exact"),
            el("ind", left=side, right=side, firstLine=0),
            el("rPr", el("sz", val=2)),
        ),
    )


def column_table(widths: Sequence[float], *rows: Sequence[Sequence[Element]]) -> Element:
    """Borderless columns (mm) whose rows may not break: head and signature stand in them."""
    twips = [mm(width) for width in widths]
    return el(
        "tbl",
        el(
            "tblPr",
            el("tblW", w=sum(twips), type="dxa"),
            el("jc", val="center"),
            el("tblLayout", type="fixed"),
            el("tblCellMar", el("left", w=0, type="dxa"), el("right", w=0, type="dxa")),
        ),
        el("tblGrid", *(el("gridCol", w=width) for width in twips)),
        *(column_row(twips, cells) for cells in rows),
    )


def column_row(twips: Sequence[int], cells: Sequence[Sequence[Element]]) -> Element:
    pairs = zip(twips, cells, strict=True)
    return el(
        "tr",
        el("trPr", el("cantSplit")),
        *(el("tc", el("tcPr", el("tcW", w=width, type="dxa")), *content) for width, content in pairs),
    )
