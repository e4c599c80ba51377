"""Hard-wrapped lines -> paragraphs.

Reads: `Line`s as printed. Writes: `Line`s joined where one sentence runs over several, with
page numbers in the flow taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from officialdoc.read.plan.labels import labels_in
from officialdoc.read.plan.letters import SMALLS, bare, fold, is_upper
from officialdoc.read.plan.lines import Line, Piece, is_page_number

_OPENING = re.compile(
    r"^(?:[-+*•]\s*\S|[ivxlc]+\s*[.)/-]\s|\(?[a-zđ]{1,2}[.)]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)/-]\s|\d{1,2}(?:\.\d{1,2})+\s|"
    r"\d{1,2}(?:\.\d{1,2})*[.)]\S|"
    r"điều \d|chương [ivx\d]|mục [ivx\d]|phần |phụ lục|biểu|nơi nhận|căn cứ|thực hiện |xét |theo đề nghị|"
    r"tiếp tục thực hiện|trên đây|kính gửi|tm\.|kt\.|tl\.|tuq\.|\((?:ban hành|kèm))"
)
_CLOSED = re.compile(r"(?:[.;:!?]|\./\.|[.;:!?][”\"])$")
_CONNECTED = re.compile(
    r"(?:[,-]| (?:và|của|với|các|về|theo|tại|trên|cho|là|có|được|trong|do|từ|đến|số|ngày|tháng|năm|phối hợp|chủ trì))$"
)
_PLACE_WORD = re.compile(r" (?:tỉnh|thành phố|xã|phường|huyện|quận|sở|ban|ủy ban|đài|báo|bộ)$")
_LOWER = re.compile(rf"^[{SMALLS}(]")
_LABEL = re.compile(r"^[-+*•]?\s*[^:]{3,40}:")


def joined(pieces: list[Piece]) -> list[Piece]:
    """The lines with wrapped sentences made whole."""
    width = wrap_width([p for p in pieces if isinstance(p, Line)])
    out: list[Piece] = []
    for piece in _without_page_numbers(pieces):
        last = out[-1] if out else None
        if isinstance(piece, Line) and isinstance(last, Line) and _continues(last, piece, width):
            text = last.text + ("" if last.text.endswith("/") else " ") + piece.text
            out[-1] = replace(last, text=text, end=piece.end)
        else:
            out.append(piece)
    return out


def wrap_width(lines: list[Line]) -> int:
    """The length at which the file breaks its lines, or 0 where paragraphs stand whole."""
    if len(lines) < 8:
        return 0
    lengths = sorted(len(line.text) for line in lines)
    longest = lengths[int(len(lengths) * 0.98)]
    cut = [
        a
        for a, b in pairwise(lines)
        if _LOWER.match(b.text) and not _CLOSED.search(a.text) and len(a.text) > 30
    ]
    if len(cut) < max(3, 0.06 * len(lines)):
        return 0
    full = sum(length >= 0.8 * longest for length in lengths)
    if longest <= 160 and full >= 0.2 * len(lengths):
        return longest
    # Unevenly wrapped, as by a crawler: the shortest cut line is as good as full.
    usual = sorted(len(line.text) for line in cut)
    return int(usual[len(usual) // 4] / 0.75)


def _without_page_numbers(pieces: list[Piece]) -> Iterator[Piece]:
    for at, piece in enumerate(pieces):
        if isinstance(piece, Line) and is_page_number(piece.text) and 0 < at < len(pieces) - 1:
            continue
        yield piece


def _continues(last: Line, line: Line, width: int) -> bool:
    text, before = line.text, fold(last.text)
    if is_upper(last.text) or is_upper(text) or _is_label(text):
        return False
    is_full = bool(width) and len(last.text) >= 0.75 * width
    if _OPENING.match(fold(text)):
        return is_full and _had_no_room(last, text, width) and _is_mid_reference(before, text)
    starts_small = bool(_LOWER.match(text))
    if _CLOSED.search(last.text) and (last.bold != line.bold or not (starts_small and width)):
        return False
    if starts_small and not bare(text).startswith(("(kem", "(ban hanh")):
        return True
    if _CONNECTED.search(before):
        return True
    return bool(width) and (is_full or bool(_PLACE_WORD.search(before))) and not _LABEL.match(text)


def _had_no_room(last: Line, text: str, width: int) -> bool:
    """Whether a dash and the word behind it would not have fitted the line above."""
    if text[:1] not in "-–":
        return True
    return len(last.text) + 1 + len(" ".join(text.split()[:2])) > 0.97 * width


def _is_label(text: str) -> bool:
    return ":" in text[:60] and any(label.at == 0 for label in labels_in(text)[:1])


def _is_mid_reference(before: str, text: str) -> bool:
    """Whether a line that looks like an opening is the rest of a date, number or dash pair."""
    if re.match(r"^(?:[-–]\s|\d)", text):
        return not _CLOSED.search(before) and bool(_CONNECTED.search(before) or text[0] in "-–")
    return not _CLOSED.search(before) and bool(
        re.match(r"^(?:(?:Căn cứ|Thực hiện|Mục|Phần)[ :]|\()", text) is None
    )
