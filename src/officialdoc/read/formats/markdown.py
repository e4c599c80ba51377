"""Markdown → `Source`.

Reads: decoded text. Writes: lines without marks of emphasis, headings with their level,
bar tables and HTML tables.
"""

from __future__ import annotations

import re

from officialdoc.model import Source
from officialdoc.read.formats.drafts import BlockDraft, Line, assemble, lines_of
from officialdoc.read.formats.html import blocks_of_html
from officialdoc.read.formats.markup import without_tags
from officialdoc.read.formats.text_tables import table_at

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_BULLET = re.compile(r"^\s*[*+•]\s+(?=\S)")
_LISTED = re.compile(r"\s*(?:[-+*•]|\(?\w{1,4}[.)]|[IVX\d.]{1,8}\.?)\s")
_TABLE = re.compile(r"<table\b.{0,2000000}?</table\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,1000})\]\([^)\n]{0,2000}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*)(?=[^\s*])([^*\n]+?)(?<=[^\s*])\1(?![\w*])|(?<!\w)(_)(?=[^\s_])([^_\n]+?)(?<=[^\s_])\3(?!\w)"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_STRONG_LINE = re.compile(r"(\*\*\*|\*\*|__)(?=\S)[^\n]+?\1[:.;,]?")
_EMPHASIS_LINE = re.compile(r"(?:\*(?!\*)[^*\n]+\*|_(?!_)[^_\n]+_|\*\*\*[^\n]+\*\*\*)[:.;,]?")
_ESCAPED = {char: chr(0xE000 + number) for number, char in enumerate("\\`*_{}[]()#+.!|<>~-")}
_RESTORED = {ord(held): char for char, held in _ESCAPED.items()}
_LONG = 60
_LONGEST = 20_000  # a line beyond this is no prose


def read_markdown(text: str) -> Source:
    drafts: list[BlockDraft] = []
    end = 0
    text = _COMMENT.sub("", text.translate(dict.fromkeys(_RESTORED)))
    for table in _TABLE.finditer(text):
        drafts.extend(_blocks(text[end : table.start()]))
        drafts.extend(blocks_of_html(table[0]))
        end = table.end()
    drafts.extend(_blocks(text[end:]))
    return assemble(drafts, "md")


def _blocks(text: str) -> list[BlockDraft]:
    rows = [_QUOTE.sub("", row) for row in text.split("\n")]
    drafts: list[BlockDraft] = []
    at = 0
    while at < len(rows):
        found = table_at(rows, at)
        if found is not None:
            drafts.append(found[0])
            for cell in found[0].cells:
                cell.lines = [part for line in cell.lines for part in _lines(line.text)]
            at = found[1]
        else:
            taken = _paragraph(rows, at, drafts)
            at += taken
    return drafts


def _paragraph(rows: list[str], at: int, drafts: list[BlockDraft]) -> int:
    """Adds what stands at row `at`; tells how many rows that took."""
    row = rows[at]
    if not row.strip() or _FENCE.match(row) or _RULE.match(row):
        return 1
    heading = _HEADING.match(row)
    if heading:
        drafts.extend(_lines(heading[2], level=len(heading[1]) - 1))
        return 1
    if at + 1 < len(rows) and _UNDERLINE.match(rows[at + 1]) and not _LISTED.match(row):
        drafts.extend(_lines(row, level=0 if "=" in rows[at + 1] else 1))
        return 2
    end = at + 1
    text = row
    while end < len(rows) and _is_soft_break(rows[end - 1], rows[end]):
        text = f"{text.rstrip()} {rows[end].strip()}"
        end += 1
    drafts.extend(_lines(_BULLET.sub("- ", text)))
    return end - at


def _is_soft_break(above: str, below: str) -> bool:
    """A line end that only wraps: a long line that goes on in small letters."""
    if above.endswith(("  ", "\\")) or len(above) < _LONG or not below.strip():
        return False
    if _LISTED.match(below) or _HEADING.match(below) or _RULE.match(below) or below.lstrip().startswith("|"):
        return False
    return below.lstrip()[:1].islower() and not above.rstrip().endswith((".", ";", ":"))


def _lines(text: str, level: int | None = None) -> list[Line]:
    found = []
    for part in without_tags(text.replace("\\\n", "\n")).split("\n"):
        bare = re.sub(r"^\s*[-+]\s+", "", part.strip())
        bold = level is not None or bool(_STRONG_LINE.fullmatch(bare))
        italic = bool(_EMPHASIS_LINE.fullmatch(bare))
        found.extend(lines_of(_plain(part), bold=bold, italic=italic, level=level))
    return found


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return text
    text = _ESCAPE.sub(lambda match: _ESCAPED[match[1]], text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    for _ in range(3):
        text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(lambda match: match[2] or match[4], text)
    return text.replace("`", "").rstrip("\\").translate(_RESTORED)
