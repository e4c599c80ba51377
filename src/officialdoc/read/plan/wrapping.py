"""Hard-wrapped lines -> paragraphs.

Reads: `Line`s as printed. Writes: `Line`s joined where one sentence runs over several, with
page numbers in the flow taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from officialdoc.read.plan.letters import bare, fold, is_upper
from officialdoc.read.plan.lines import Line, Piece, is_page_number

_OPENING = re.compile(
    r"^(?:[-+*•]\s*\S|[ivxlc]+\s*[.)/-]\s|\(?[a-zđ]{1,2}[.)]\s|\(?\d{1,2}(?:\.\d{1,2})*[.)/-]?\s|"
    r"\d{1,2}(?:\.\d{1,2})*[.)]\S|"
    r"điều \d|chương [ivx\d]|mục [ivx\d]|phần |phụ lục|biểu|nơi nhận|căn cứ|thực hiện |xét |theo đề nghị|"
    r"tiếp tục thực hiện|trên đây|kính gửi|tm\.|kt\.|tl\.|tuq\.|\((?:ban hành|kèm))"
)
_CLOSED = re.compile(r"(?:[.;:!?]|\./\.|[.;:!?][”\"])$")
_CONNECTED = re.compile(
    r"(?:[,-]| (?:và|của|với|các|về|theo|tại|trên|cho|là|có|được|trong|do|từ|đến|số|ngày|tháng|năm|"
    r"phối hợp|chủ trì|thực hiện|tỉnh|thành phố|xã|phường|huyện|sở|ban))$"
)
_LOWER = re.compile(r"^[a-zà-ỹđ(]")
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
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 8:
        return 0
    longest = lengths[int(len(lengths) * 0.98)]
    # With hard breaks many lines are nearly as long as the longest.
    full = sum(length >= 0.8 * longest for length in lengths)
    return longest if longest <= 160 and full >= 0.2 * len(lengths) else 0


def _without_page_numbers(pieces: list[Piece]) -> Iterator[Piece]:
    for at, piece in enumerate(pieces):
        if isinstance(piece, Line) and is_page_number(piece.text) and 0 < at < len(pieces) - 1:
            continue
        yield piece


def _continues(last: Line, line: Line, width: int) -> bool:
    text, before = line.text, fold(last.text)
    if is_upper(last.text) or is_upper(text):
        return False
    is_full = bool(width) and len(last.text) >= 0.75 * width
    if _OPENING.match(fold(text)):
        return is_full and _is_mid_reference(before, text)
    starts_small = bool(_LOWER.match(text))
    if _CLOSED.search(last.text) and (last.bold != line.bold or not (starts_small and width)):
        return False
    if starts_small and not bare(text).startswith("(kem"):
        return True
    return bool(_CONNECTED.search(before)) or (is_full and not _LABEL.match(text))


def _is_mid_reference(before: str, text: str) -> bool:
    """Whether a line that looks like an opening is the rest of a date, number or dash pair."""
    if re.match(r"^(?:[-–]\s|\d)", text):
        return not _CLOSED.search(before) and bool(_CONNECTED.search(before) or text[0] in "-–")
    return not _CLOSED.search(before) and bool(re.match(r"^(?:Căn cứ|Thực hiện|Mục|Phần) ", text) is None)
