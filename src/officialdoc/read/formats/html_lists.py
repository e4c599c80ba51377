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
_ALREADY_MARKED = re.compile(r"\s*(?:[-–—+*•▪]|\(?\w{1,4}[.)]|[IVX\d]+(?:\.\d+)*\.?)\s")


def item_mark(item: etree._Element) -> str:
    """A dash, or "3. "; nothing where the item's text brings its own mark."""
    text = "".join(map(str, item.itertext()))[:40]
    if _ALREADY_MARKED.match(text) or not text.strip():
        return ""
    parent = item.getparent()
    style = "" if parent is None else _list_style(parent)
    if style == "none":
        return ""
    if parent is None or parent.tag != "ol":
        return "- "
    kind = _STYLES.get(style) or _KINDS.get(parent.get("type", "1"), "decimal")
    return drawn_number(_number(item, parent), kind) + ". "


def _list_style(parent: etree._Element) -> str:
    found = _LIST_STYLE.search(parent.get("style", ""))
    return found[1].lower() if found else ""


def _number(item: etree._Element, parent: etree._Element) -> int:
    number = _integer(parent.get("start"), 1) - 1
    for sibling in parent.iterchildren("li"):
        number = _integer(sibling.get("value"), number + 1)
        if sibling is item:
            break
    return number


def _integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else default
