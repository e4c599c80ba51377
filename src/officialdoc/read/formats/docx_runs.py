"""The visible text of a paragraph.

Reads: a `w:p`. Writes: its text as drawn (insertions, field results, hyperlinks, breaks;
no deletions, no field codes, no hidden text, no note marks) and the text boxes it anchors.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from officialdoc.read.formats.docx_names import w
from officialdoc.read.formats.docx_styles import Look, Styles, with_run
from officialdoc.read.formats.docx_symbols import drawn_symbol

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE = _MC + "AlternateContent", _MC + "Choice"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = tuple(
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}" + n for n in ("oMath", "oMathPara")
)
_RUN, _RPR, _RSTYLE = w("r"), w("rPr"), w("rStyle")
_TEXT, _TAB, _PTAB, _BREAK, _RETURN = w("t"), w("tab"), w("ptab"), w("br"), w("cr")
_HYPHEN, _SYMBOL, _FIELD, _INSTRUCTION = w("noBreakHyphen"), w("sym"), w("fldChar"), w("instrText")
_DRAWN = (w("drawing"), w("pict"), w("object"))
_BOX = w("txbxContent")
_PASSED = frozenset(
    w(name)
    for name in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
        "sdt",
        "sdtContent",
        "ruby",
        "rubyBase",
    )
)
_VAL = w("val")


@dataclass(slots=True)
class Inline:
    """What a paragraph says, gathered run by run."""

    parts: list[str] = field(default_factory=list)
    bold: int = 0  # letters and digits in bold, in italics, in all
    italic: int = 0
    total: int = 0
    boxes: list[etree._Element] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        self.parts.append(text)
        weight = len(text) - text.count(" ") - text.count("\n")
        self.total += weight
        if look.bold:
            self.bold += weight
        if look.italic:
            self.italic += weight

    @property
    def text(self) -> str:
        return "".join(self.parts)


@dataclass(slots=True)
class Fields:
    """Complex fields, which may begin in one paragraph and end in another."""

    open: list[list[str | bool]] = field(default_factory=list)  # [instruction, in its result]

    @property
    def is_hidden(self) -> bool:
        return any(not shown or str(code).strip().upper().startswith("TOC") for code, shown in self.open)

    def mark(self, kind: str | None) -> None:
        if kind == "begin":
            self.open.append(["", False])
        elif self.open and kind == "separate":
            self.open[-1][1] = True
        elif self.open and kind == "end":
            self.open.pop()

    def instruct(self, text: str) -> None:
        if self.open and not self.open[-1][1]:
            self.open[-1][0] = str(self.open[-1][0]) + text


class RunReader:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields = Fields()
        self._looks: dict[tuple[int, bytes], Look] = {}

    def read(self, paragraph: etree._Element, look: Look) -> Inline:
        found = Inline()
        self._walk(paragraph, look, found)
        return found

    def _walk(self, parent: etree._Element, look: Look, found: Inline) -> None:
        for item in parent:
            tag = item.tag
            if tag == _RUN:
                self._run(item, look, found)
            elif tag in _PASSED:
                self._walk(item, look, found)
            elif tag == _ALTERNATE:
                choice = item.find(_CHOICE)
                self._walk(
                    item[0] if choice is None and len(item) else choice if choice is not None else item,
                    look,
                    found,
                )
            elif tag in _MATH and not self._fields.is_hidden:
                found.add("".join(part.text or "" for part in item.iter(_MATH_TEXT)), look)

    def _run(self, run: etree._Element, look: Look, found: Inline) -> None:
        properties = run.find(_RPR)
        if properties is not None and len(properties):
            look = self._run_look(properties, look)
        for item in run:
            tag = item.tag
            if tag == _TEXT:
                self._add(item.text or "", look, found)
            elif tag == _FIELD:
                self._fields.mark(item.get(w("fldCharType")))
            elif tag == _INSTRUCTION:
                self._fields.instruct(item.text or "")
            elif tag in _DRAWN or tag == _ALTERNATE:
                found.boxes.extend(_boxes_in(item))
            elif tag == w("ruby"):
                self._walk(item, look, found)
            else:
                self._add(_drawn_mark(item), look, found)

    def _add(self, text: str, look: Look, found: Inline) -> None:
        if not text or look.hidden or self._fields.is_hidden:
            return
        found.add(text.upper() if look.caps else text, look)

    def _run_look(self, properties: etree._Element, look: Look) -> Look:
        style = properties.find(_RSTYLE)
        if style is not None:
            for inherited in self._styles.run_properties(style.get(_VAL, "")):
                look = with_run(look, inherited)
        return with_run(look, properties)


def _drawn_mark(item: etree._Element) -> str:
    tag = item.tag
    if tag in (_TAB, _PTAB):
        return "\t"
    if tag in (_BREAK, _RETURN):
        return "\n"
    if tag == _HYPHEN:
        return "-"
    if tag == _SYMBOL:
        return drawn_symbol(item.get(w("font"), ""), item.get(w("char"), ""))
    return ""


def _boxes_in(element: etree._Element) -> list[etree._Element]:
    """Text boxes of a drawing; of two alternatives of one drawing only the first."""
    if element.tag == _BOX:
        return [element]
    found: list[etree._Element] = []
    for item in element:
        boxes = _boxes_in(item)
        found.extend(boxes)
        if boxes and element.tag == _ALTERNATE:
            break
    return found
