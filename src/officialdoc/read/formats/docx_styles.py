"""What a Word style says about a paragraph and its runs.

Reads: the styles part. Writes: `Look` for a style name, its ancestors included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree

from officialdoc.model import Align
from officialdoc.read.formats.docx_names import VAL, is_on, number_of, w

_ALIGNS: dict[str, Align] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "both",
    "distribute": "both",
}
_STYLE, _STYLE_ID, _BASED_ON, _DEFAULT, _TYPE = (
    w("style"),
    w("styleId"),
    w("basedOn"),
    w("default"),
    w("type"),
)
_PPR, _RPR, _JC, _OUTLINE = w("pPr"), w("rPr"), w("jc"), w("outlineLvl")
_NUM_PR, _NUM_ID, _ILVL = w("numPr"), w("numId"), w("ilvl")
_BOLD, _ITALIC, _CAPS, _VANISH, _FONTS, _ASCII = (
    w("b"),
    w("i"),
    w("caps"),
    w("vanish"),
    w("rFonts"),
    w("ascii"),
)
_BODY_TEXT_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Look:
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: bool = False
    font: str | None = None
    align: Align | None = None
    outline: int | None = None
    num_id: str | None = None
    num_level: int | None = None


PLAIN = Look()


def with_run(look: Look, properties: etree._Element | None) -> Look:
    """`look` changed by a `w:rPr`."""
    if properties is None:
        return look
    changes: dict[str, object] = {}
    for item in properties:
        tag = item.tag
        if tag == _BOLD:
            changes["bold"] = is_on(item)
        elif tag == _ITALIC:
            changes["italic"] = is_on(item)
        elif tag == _CAPS:
            changes["caps"] = is_on(item)
        elif tag == _VANISH:
            changes["hidden"] = is_on(item)
        elif tag == _FONTS and item.get(_ASCII):
            changes["font"] = item.get(_ASCII)
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def with_paragraph(look: Look, properties: etree._Element | None) -> Look:
    """`look` changed by a `w:pPr`; its `w:rPr` is the paragraph mark's and changes nothing."""
    if properties is None:
        return look
    changes: dict[str, object] = {}
    for item in properties:
        tag = item.tag
        if tag == _JC:
            changes["align"] = _ALIGNS.get(item.get(VAL, ""))
        elif tag == _OUTLINE:
            level = number_of(item.get(VAL), _BODY_TEXT_LEVEL)
            changes["outline"] = level if level < _BODY_TEXT_LEVEL else None
        elif tag == _NUM_PR:
            changes.update(_numbering(item))
    return replace(look, **changes) if changes else look  # type: ignore[arg-type]


def _numbering(properties: etree._Element) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in properties:
        if item.tag == _NUM_ID:
            found["num_id"] = item.get(VAL)
        elif item.tag == _ILVL:
            found["num_level"] = number_of(item.get(VAL))
    return found


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._looks: dict[str, Look] = {}
        self.default_name: str | None = None
        self._base = PLAIN
        if root is not None:
            self._index(root)

    def _index(self, root: etree._Element) -> None:
        defaults = root.find(w("docDefaults"))
        if defaults is not None:
            self._base = with_run(PLAIN, defaults.find(f"{w('rPrDefault')}/{_RPR}"))
        for style in root.iterchildren(_STYLE):
            name = style.get(_STYLE_ID, "")
            self._elements[name] = style
            if style.get(_TYPE) == "paragraph" and style.get(_DEFAULT) in ("1", "true", "on"):
                self.default_name = name

    def look(self, name: str | None) -> Look:
        name = name if name in self._elements else self.default_name
        if name is None:
            return self._base
        if name not in self._looks:
            self._looks[name] = self._resolved(name)
        return self._looks[name]

    def run_properties(self, name: str) -> list[etree._Element]:
        """The `w:rPr` of a character style and of its ancestors, ancestors first."""
        found = (style.find(_RPR) for style in self._line_of(name))
        return [item for item in found if item is not None]

    def paragraph_style_with_number(self, num_id: str) -> str | None:
        path = f"{_PPR}/{_NUM_PR}/{_NUM_ID}"
        for name, style in self._elements.items():
            item = style.find(path)
            if item is not None and item.get(VAL) == num_id:
                return name
        return None

    def number_of_style(self, name: str) -> str | None:
        style = self._elements.get(name)
        item = None if style is None else style.find(f"{_PPR}/{_NUM_PR}/{_NUM_ID}")
        return None if item is None else item.get(VAL)

    def line_of_names(self, name: str | None) -> list[str]:
        """A style's name and its ancestors', nearest first."""
        return [item.get(_STYLE_ID, "") for item in reversed(self._line_of(name or ""))]

    def _resolved(self, name: str) -> Look:
        look = self._base
        for style in self._line_of(name):
            look = with_run(with_paragraph(look, style.find(_PPR)), style.find(_RPR))
        return look

    def _line_of(self, name: str) -> list[etree._Element]:
        line: list[etree._Element] = []
        style = self._elements.get(name)
        while style is not None and style not in line:
            line.append(style)
            parent = style.find(_BASED_ON)
            style = None if parent is None else self._elements.get(parent.get(VAL, ""))
        return line[::-1]
