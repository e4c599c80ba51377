"""HTML → `Source`.

Reads: decoded markup; scripts never run, nothing it refers to is fetched. Writes: lines
and tables as a browser would draw them, without menus, buttons and lists of links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml import etree, html

from officialdoc.model import Align, Source
from officialdoc.read.formats.drafts import BlockDraft, Line, assemble, lines_of
from officialdoc.read.formats.html_lists import ItemMarks
from officialdoc.read.formats.html_tables import read_table
from officialdoc.read.formats.refusals import refusal

_DROPPED = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
        "title",
        "link",
        "meta",
        "dialog",
    )
)
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "caption",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
    )
)
_HEADINGS = {f"h{level}": level - 1 for level in range(1, 7)}
_NOT_CONTENT = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|side-?bar|footer|comments?|share|social|related|"
    r"advert(?:isement)?|ads?|banner|cookies?|popup|modal|pagination|toolbar|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MAX_DEPTH = 220
_MANY_LINKS, _TOO_MANY_LINKS = 4, 300
_LONG = 3000


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    align: Align | None = None
    level: int | None = None
    is_pre: bool = False


@dataclass(slots=True)
class _Open:
    """The paragraph being gathered."""

    parts: list[str] = field(default_factory=list)
    bold: int = 0
    italic: int = 0
    total: int = 0

    def add(self, text: str, look: _Look) -> None:
        weight = len(text.strip())
        self.parts.append(text)
        self.total += weight
        self.bold += weight if look.bold else 0
        self.italic += weight if look.italic else 0


def read_html(text: str) -> Source:
    return assemble(blocks_of_html(text), "html")


def blocks_of_html(text: str) -> list[BlockDraft]:
    text = _DECLARATION.sub("", text).replace("\0", "")
    if not text.strip():
        return []
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    root = html.document_fromstring(text, parser=parser)
    return _Reader().blocks(root)


class _Reader:
    def __init__(self) -> None:
        self._depth = 0
        self._marks = ItemMarks()

    def blocks(self, element: etree._Element, look: _Look | None = None) -> list[BlockDraft]:
        found: list[BlockDraft] = []
        gathering = _Open()
        self._inside(element, look or _Look(), found, gathering)
        _close(gathering, look or _Look(), found)
        return found

    def _inside(
        self, element: etree._Element, look: _Look, found: list[BlockDraft], gathering: _Open
    ) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise refusal("too_much_content")
        _add_text(gathering, element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, look, found, gathering)
            _add_text(gathering, child.tail, look)
        self._depth -= 1

    def _child(self, child: etree._Element, look: _Look, found: list[BlockDraft], gathering: _Open) -> None:
        tag = child.tag.lower().rpartition(":")[2]
        if tag in _DROPPED or _is_hidden(child):
            return
        if tag == "br":
            gathering.parts.append("\n")
        elif tag == "table":
            _close(gathering, look, found)
            found.extend(read_table(child, lambda cell: self.blocks(cell, _look_of(cell, _Look()))))
        elif tag in _BLOCKS:
            _close(gathering, look, found)
            if not _is_list_of_links(child, tag):
                inner = _look_of(child, look)
                _add_text(gathering, self._marks.mark(child) if tag == "li" else "", inner)
                self._inside(child, inner, found, gathering)
                _close(gathering, inner, found)
        else:
            self._inside(child, _look_of(child, look), found, gathering)


def _add_text(gathering: _Open, text: str | None, look: _Look) -> None:
    if text:
        gathering.add(text if look.is_pre else _SPACE.sub(" ", text), look)


def _close(gathering: _Open, look: _Look, found: list[BlockDraft]) -> None:
    text = "".join(gathering.parts)
    bold = gathering.total > 0 and 2 * gathering.bold > gathering.total
    italic = gathering.total > 0 and 2 * gathering.italic > gathering.total
    lines: list[Line] = lines_of(text, bold=bold, italic=italic, align=look.align, level=look.level)
    found.extend(lines)
    gathering.parts.clear()
    gathering.bold = gathering.italic = gathering.total = 0


def _look_of(element: etree._Element, look: _Look) -> _Look:
    tag = element.tag.lower()
    style = element.get("style", "")
    if tag in ("b", "strong", "th") or tag in _HEADINGS or _BOLD.search(style):
        look = replace(look, bold=True)
    if tag in ("i", "em") or _ITALIC.search(style):
        look = replace(look, italic=True)
    if tag in _HEADINGS:
        look = replace(look, level=_HEADINGS[tag])
    if tag == "pre":
        look = replace(look, is_pre=True)
    align = _align_of(element, style)
    return replace(look, align=align) if align else look


def _align_of(element: etree._Element, style: str) -> Align | None:
    named = _ALIGN.search(style)
    value = (named[1] if named else element.get("align", "")).lower()
    if element.tag == "center" or value == "center":
        return "center"
    if value == "right":
        return "right"
    if value == "justify":
        return "both"
    return "left" if value == "left" else None


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(element.get("style", "")):
        return True
    if element.tag in ("body", "main", "article", "td", "p"):
        return False
    if element.get("role", "") in ("navigation", "search", "banner", "complementary", "contentinfo"):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(_NOT_CONTENT.search(names)) and not _holds_document(element)


def _holds_document(element: etree._Element) -> bool:
    """A page's template may name its content oddly; a long text or a table stays."""
    return element.find(".//table") is not None or _text_length(element) > _LONG


def _is_list_of_links(element: etree._Element, tag: str) -> bool:
    if tag not in ("ul", "ol", "div", "section", "dl"):
        return False
    links = list(islice(element.iter("a"), _TOO_MANY_LINKS))
    if not _MANY_LINKS <= len(links) < _TOO_MANY_LINKS or element.find(".//table") is not None:
        return False
    linked = sum(_text_length(link) for link in links)
    total = _text_length(element)
    return 0.85 * total < linked < 80 * len(links) and total <= _LONG * 4


def _text_length(element: etree._Element) -> int:
    """Counted only as far as a menu could reach."""
    length = 0
    for part in element.itertext():
        length += len(str(part).strip())
        if length > _LONG * 4:
            break
    return length
