"""The number or dash that a browser draws before a list item."""

from __future__ import annotations

import re

from lxml import etree

from officialdoc.read.formats.docx_numbers import drawn_number

_KINDS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_ENOUGH = 40
_ALREADY_MARKED = re.compile(r"\s*(?:[-–—+*•▪]|\(?\w{1,4}[.)]|[IVX\d]+(?:\.\d+)*\.?)\s")


class ItemMarks:
    """Hands out the marks of a page's list items, met in order."""

    def __init__(self) -> None:
        self._numbers: dict[etree._Element, int] = {}

    def mark(self, item: etree._Element) -> str:
        """A dash, or "3. "; nothing where the item's text brings its own mark."""
        parent = item.getparent()
        kind = None if parent is None else self._kind(parent)
        number = 0 if parent is None or kind is None else self._next(item, parent)
        text = _beginning(item)
        if (
            not text.strip()
            or _ALREADY_MARKED.match(text)
            or (parent is not None and _list_style(parent) == "none")
        ):
            return ""
        return "- " if kind is None else drawn_number(number, kind) + ". "

    def _kind(self, parent: etree._Element) -> str | None:
        if parent.tag != "ol":
            return None
        return _STYLES.get(_list_style(parent)) or _KINDS.get(parent.get("type", "1"), "decimal")

    def _next(self, item: etree._Element, parent: etree._Element) -> int:
        before = self._numbers.get(parent)
        number = _integer(parent.get("start"), 1) if before is None else before + 1
        self._numbers[parent] = _integer(item.get("value"), number)
        return self._numbers[parent]


def _beginning(item: etree._Element) -> str:
    text = ""
    for part in item.itertext():
        text += str(part)
        if len(text.strip()) > _ENOUGH:
            break
    return text.lstrip()[:_ENOUGH]


def _list_style(parent: etree._Element) -> str:
    found = _LIST_STYLE.search(parent.get("style", ""))
    return found[1].lower() if found else ""


def _integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else default
