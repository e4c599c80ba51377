"""Legal bases and other documents cited.

Reads: the lines between title and first section, the outline and the whole text. Writes:
`Reference`s of the bases, and of every other numbered document the text names.
"""

from __future__ import annotations

import re

from officialdoc.model import Place, Reference
from officialdoc.read.plan.agencies import begins_agency
from officialdoc.read.plan.deadlines import first_day_in
from officialdoc.read.plan.letters import bare, fold, tidy
from officialdoc.read.plan.lines import Line
from officialdoc.read.plan.outline import Node
from officialdoc.read.plan.vocabulary import DOCUMENT, DOCUMENT_TYPES, one_of

_INTRO = re.compile(
    r"^[-+*]?\s*(?:can cu(?:\s+vao)?(?:\s+cac)?|(?:tiep tuc )?(?:trien khai )?(?:to chuc )?thuc hien(?:\s+cac)?|trien khai)\s*:?\s+"
)
_CUT = re.compile(
    rf"\s*[;,]\s+(?:và\s+)?(?:(?:căn cứ|thực hiện|tiếp tục thực hiện)\s+)?(?=(?:{one_of(DOCUMENT_TYPES)})(?!\w)(?:\s+\S+){{0,3}}?\s+(?:số\s*)?\d)|"
    rf"\s*;\s*(?:và\s+)?(?:căn cứ\s+)?(?=(?:{one_of(DOCUMENT_TYPES)})(?!\w))|"
    rf"\s+và\s+(?=(?:{one_of(DOCUMENT_TYPES)})\s+số\s*\d)"
)
_CLOSING = re.compile(
    r"[,;.]\s+(?=\S[^,;.]{2,100}?\s(?:ban hành|xây dựng|triển khai|đề ra|lập|tổ chức|thực hiện|yêu cầu|quyết định)\s)"
)
_PLAIN = r"\d[\dA-Za-z]*(?:\s?[/-]\s?(?:\d{4}|[A-ZĐƯa-zđ][A-ZĐƯƠa-zđươ0-9&.]*))+"
_NUMBERED = re.compile(rf"(?:(?<!\w)[Ss](?:ố|ô|o|ó)?\s*:?\s*|(?<![\w/]))({_PLAIN})")
_CITED = re.compile(
    rf"(?<!\w)(?:{one_of(DOCUMENT_TYPES)})\s+(?:số\s*:?\s*)?(?=\d+\s?(?:/\d{{4}})?\s?[/-]\s?[a-zđ])"
)
_BASES_SECTION = re.compile(
    r"^(?:các )?(?:căn cứ|cơ sở pháp lý)(?: pháp lý| xây dựng| lập| ban hành| thực hiện)?"
)
_LIST_OPENS = re.compile(
    r"(?:các )?(?:căn cứ|cơ sở pháp lý|thực hiện)(?: (?:pháp lý|vào|các|văn bản|sau|đây))*\s*:"
)
_DATED = re.compile(r"[\s,]*ngày\s+\d{1,2}(?:\s*(?:/|tháng)\s*\d{1,2}\s*(?:/|năm)\s*\d{4})")
_HEAD = 170


def bases_in(lines: list[Line], nodes: list[Node]) -> list[Reference]:
    """The bases of the preamble, or else of a section named after them."""
    found = [ref for line in lines for ref in _bases_of_line(line)] or _bases_below(lines)
    if found:
        return found
    for node in nodes:
        if _BASES_SECTION.match(fold(node.heading)) and len(node.heading) < 60:
            return [ref for line in node.all_lines() for ref in _bases_of_list(line)]
    return []


def _bases_below(lines: list[Line]) -> list[Reference]:
    """The list under a line that only says "Căn cứ:"."""
    opens = next((at for at, line in enumerate(lines) if _LIST_OPENS.fullmatch(fold(line.text))), None)
    if opens is None:
        return []
    below = lines[opens + 1 :]
    end = next((at for at, line in enumerate(below) if line.text[:1] not in "-+*•"), len(below))
    return [ref for line in below[:end] for ref in _bases_of_list(line)]


def _bases_of_line(line: Line) -> list[Reference]:
    intro = _INTRO.match(bare(line.text))
    if not intro or not DOCUMENT.match(fold(line.text)[intro.end() :]):
        return []
    return _cut(line.text[intro.end() :], line.place)


def _bases_of_list(line: Line) -> list[Reference]:
    text = re.sub(r"^(?:[-+*•]|\d+[.)]|[a-zđ]\))\s*", "", line.text)
    intro = _INTRO.match(bare(text))
    text = text[intro.end() :] if intro else text
    return _cut(text, line.place) if DOCUMENT.match(fold(text)) else []


def _cut(text: str, place: Place) -> list[Reference]:
    text = _without_closing(text)
    key = fold(text)
    starts = [0]
    ends: list[int] = []
    for cut in _CUT.finditer(key):
        if _inside_quotes(text[: cut.start()]):
            continue
        ends.append(cut.start())
        starts.append(cut.end())
    ends.append(len(text))
    pieces = [tidy(text[a:b]).strip(" ,;.") for a, b in zip(starts, ends, strict=True)]
    return [reference_of(piece, place) for piece in pieces if piece]


def _without_closing(text: str) -> str:
    """Without ", Ủy ban nhân dân tỉnh X ban hành Kế hoạch … như sau"."""
    for cut in _CLOSING.finditer(fold(text)):
        if begins_agency(text[cut.end() :]) and not _inside_quotes(text[: cut.start()]):
            return text[: cut.start()]
    return re.sub(r"[,;.]\s+(?:nay|như sau|cụ thể)\b.*$", "", text)


def _inside_quotes(before: str) -> bool:
    return before.count("“") > before.count("”") or before.count("(") > before.count(")")


def reference_of(text: str, place: Place | None) -> Reference:
    """A document's words with its number and date, where printed near its head."""
    number = None
    rest = text
    found = _NUMBERED.search(text[:_HEAD])
    if found and not re.match(r"\d{1,2}/\d{1,2}/\d{4}$", found.group(1)):
        number = re.sub(r"\s+", "", found.group(1)).rstrip(".-/")
        rest = text[found.end() :]
    issued_on = first_day_in(rest[:60]) or (None if number else first_day_in(text))
    return Reference(text, number, issued_on, place)


def references_in(text: str, known: list[str | None]) -> list[Reference]:
    """Every numbered document the text names, once, without those already known."""
    seen = {bare(number) for number in known if number}
    out: list[Reference] = []
    key = fold(text)
    for cited in _CITED.finditer(key):
        window = text[cited.start() : cited.end() + 90].split("\n", maxsplit=1)[0]
        reference = reference_of(window, None)
        if not reference.number or bare(reference.number) in seen:
            continue
        seen.add(bare(reference.number))
        out.append(_cited(window, reference, cited.start()))
    return out


def _cited(window: str, reference: Reference, start: int) -> Reference:
    """The reference cut behind its number, or behind the date that follows it."""
    assert reference.number is not None
    stop = window.find(reference.number[-4:]) + 4
    dated = _DATED.match(window[stop:])
    words = window[: stop + (dated.end() if dated else 0)]
    return Reference(
        tidy(words),
        reference.number,
        reference.issued_on if dated else None,
        Place(start, start + len(words)),
    )
