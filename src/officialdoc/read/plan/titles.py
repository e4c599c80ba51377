"""Kind and title.

Reads: the heading found (parts.py) and the lines below it. Writes: the title in one line, the
index of the first line after it, and the year the plan is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from officialdoc.model import Place
from officialdoc.read.plan.casing import sentence_case
from officialdoc.read.plan.letters import SMALLS, bare, fold, is_upper, tidy
from officialdoc.read.plan.lines import Line, Piece
from officialdoc.read.plan.parts import Heading
from officialdoc.read.plan.vocabulary import AGENCY_START

_STOP = re.compile(
    r"^(?:căn cứ|xét |theo đề nghị|để |nhằm |kính gửi|trên cơ sở|trong (?:những|thời gian)|"
    r"quyết định\s*:|điều 1|nơi nhận|số\s*:|"
    r"\((?:ban hành |kèm|đính)|[ivx]{1,4}\s*[.)/-]\s|[a-d]\s*[.)/]\s|1\s*[.)/-]\s*\D|phần (?:i|1|thứ|mở)|chương (?:i|1)|mục tiêu)"
)
_BASE = re.compile(r"^(?:tiếp tục |triển khai )?thực hiện ")
_MORE = re.compile(r"^(?:năm \d{4}|giai đoạn|tháng |quý |trên địa bàn|của |và |về |\(giai đoạn)")
_YEAR = re.compile(r"nam\s+(20\d\d|19\d\d)(?!\s*-)")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ISSUER_TAIL = re.compile(
    rf"\s+(?:CHỦ TỊCH\s+)?(?:ỦY|UỶ) BAN NHÂN DÂN\s+(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|XÃ|PHƯỜNG)\s+[^{SMALLS}]+$"
)
_SENTENCE = re.compile(r"[;:]$|\bnhư sau\b")


_ISSUES = re.compile(r"(?:ban hành|xây dựng|đề ra|lập)\s+(?=kế hoạch|chương trình|phương án|đề án)")
_OPENING = re.compile(
    r"(?P<kind>kế hoạch(?: hành động)?|chương trình(?: hành động)?|phương án|đề án)\s+"
    r"(?P<title>.{8,}?)(?:,?\s+(?:cụ thể|với\s.{0,40}|có nội dung.{0,20})?\s*như sau|,\s*cụ thể|[:.]?\s*$)"
)


@dataclass(slots=True)
class Title:
    text: str | None
    place: Place | None
    end: int  # index of the first piece after the title


def title_of(heading: Heading, pieces: list[Piece], running: str) -> Title:
    """`pieces` begin with the heading's own line."""
    taken: list[str] = [heading.rest] if heading.rest else []
    first = pieces[0]
    last = first
    end = 1
    for piece in pieces[1:14]:
        if not isinstance(piece, Line) or not _belongs(piece, taken, heading):
            break
        taken.append(piece.text)
        last = piece
        end += 1
    text = tidy(" ".join(taken)).strip(" *")
    if is_upper(text):
        text = _ISSUER_TAIL.sub("", text)
    text = re.sub(r"\s*\((?:sau đây|dự thảo).*$", "", text, flags=re.IGNORECASE).rstrip(" .")
    page = first.page if isinstance(first, Line) else None
    return Title(sentence_case(text, running) or None, Place(first.start, last.end, page), end)


def _belongs(line: Line, taken: list[str], heading: Heading) -> bool:
    key = fold(line.text)
    if _STOP.match(key) or (taken and not heading.sure) or sum(map(len, taken)) > 900:
        return False
    if not taken:
        return True
    if is_upper(line.text):
        names_agency = AGENCY_START.match(key) or key.startswith("chủ tịch ủy ban")
        return is_upper(taken[-1]) and not (names_agency and _is_whole(taken))
    if is_upper(taken[0]):
        return len(line.text) < 60 and bool(_MORE.match(key))
    if _BASE.match(key) or _SENTENCE.search(key):
        return False
    stands_out = line.align == "center" or line.bold
    return bool(_MORE.match(key)) or (stands_out and len(line.text) < 160)


def _is_whole(taken: list[str]) -> bool:
    """Whether the words so far can end a title (they do not end with "CỦA", "VÀ", …)."""
    return not re.search(r"(?:cua|va|cho|tai|voi|ve|tren|theo|-|,)$", bare(taken[-1].strip()))


def year_of(title: str | None, issued_year: int | None) -> int | None:
    """The year a plan is for: named in its title, else the year it was issued."""
    key = bare(title or "")
    named = [y for y in _YEAR.findall(key) if not re.search(rf"ngay[^,;]{{0,22}}nam\s+{y}", key)]
    if named:
        return int(named[-1])
    loose = set(_ANY_YEAR.findall(key))
    if len(loose) == 1 and not re.search(r"ngay|so \d|/\d{4}", key):
        return int(loose.pop())
    return issued_year


def title_in_opening(lines: list[Line]) -> tuple[str, str, Place] | None:
    """Kind and title out of "… ban hành Kế hoạch X như sau", for a lost title line."""
    for line in lines:
        key = fold(line.text)
        issues = [m.end() for m in _ISSUES.finditer(key)]
        found = _OPENING.match(key, issues[-1]) if issues else None
        if found:
            title = tidy(line.text[found.start("title") : found.end("title")])
            return found["kind"].upper(), title[:1].upper() + title[1:], line.place
    return None
