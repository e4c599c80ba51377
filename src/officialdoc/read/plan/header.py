"""Number, place, date and issuer.

Reads: the lines before the title, the "(Ban hành kèm theo …)" lines and the opening sentence.
Writes: `Header`; a blank number or day stays None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from officialdoc.model import Place
from officialdoc.read.plan.casing import agency_case
from officialdoc.read.plan.letters import CAPITALS, SMALLS, bare, fold, is_upper, tidy
from officialdoc.read.plan.lines import Line
from officialdoc.read.plan.vocabulary import AGENCY_START

_SYMBOL = rf"[{CAPITALS}][{CAPITALS}{SMALLS}0-9&.]*(?:\s?[-–/,&]\s?[{CAPITALS}][{CAPITALS}{SMALLS}0-9&.]*)*"
_NUMBER = re.compile(
    rf"(?<![\w/])(?:Số|SỐ|số)\s*:?\s*(?P<blank>[\s.…_]*)(?P<n>\d[\d\s]*[A-Za-z]?)?(?P<more>(?:\s*/\s*\d{{4}})?)"
    rf"(?P<gap>[\s.…_]*)(?P<sep>[/–-])\s*(?P<symbol>{_SYMBOL})"
)
# What a law database prints above the document itself.
_LISTED_NUMBER = re.compile(
    rf"Số (?:ký )?hiệu(?: văn bản)?\s*:?[\s|]*(\d+(?:/\d{{4}})?[/-][{CAPITALS}\dr/&-]+?)(?=[{CAPITALS}][{SMALLS}]|[\s|]|$)"
)
_LISTED_DATE = re.compile(r"Ngày ban hành\s*:?[\s|]*(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_PLAIN_NUMBER = re.compile(rf"^(?P<n>\d{{1,5}})(?P<more>)\s*(?P<sep>[/-])\s*(?P<symbol>{_SYMBOL})$")
_MOTTO = re.compile(
    r"cộng\s+h(?:òa|oà)\s+xã\s+hội(?:\s+chủ\s+nghĩa(?:\s+việt(?:\s+nam)?)?)?|chủ\s+nghĩa\s+việt\s+nam|"
    r"h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam|^\s*cộng(?:\s+h(?:òa|oà)(?:\s+xã(?:\s+hội)?)?)?\s*$|"
    r"^\s*(?:nghĩa\s+)?việt\s+nam\s*$|"
    r"độc\s+lập\s*[-–]?\s*tự\s+do\s*[-–]?\s*hạnh\s+phúc|đảng\s+cộng\s+sản(?:\s+việt(?:\s+nam)?)?",
    re.IGNORECASE,
)
_MOTTOES = ("cộng hòa xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam")
_MOTTO_START = re.compile(r"(?:cộng hòa|đảng cộng sản).*$")
_PLACE_NAME = (
    rf"(?:(?:TP\.?|Tp\.?|[Tt]hành phố|[Tt]ỉnh|[Xx]ã|[Pp]hường|[Hh]uyện|[Tt]hị xã|[Qq]uận)\s*)?"
    rf"[{CAPITALS}][{SMALLS}]+(?:\s?[-–]\s?[{CAPITALS}][{SMALLS}]+|\s[{CAPITALS}][{SMALLS}]+){{0,5}}"
)
_DATE = re.compile(
    rf"(?:(?P<place>{_PLACE_NAME})\s*,?\s*)?[Nn]gày\s*(?P<d>\d{{1,2}})?[\s.…]*(?:tháng|/|-)\s*(?P<m>\d{{1,2}})?[\s.…]*"
    r"(?:năm|/|-)\s*(?P<y>(?:19|20)\d{2})?"
)
_ATTACHED = re.compile(
    r"(?:kế hoạch|quyết định|chương trình(?: hành động)?|công văn|phương án|đề án)\s+(?=số)", re.IGNORECASE
)
_OF = re.compile(r"\bcủa\s+(?:chủ tịch\s+)?([^()]{4,120}?)\s*\)?$", re.IGNORECASE)
_DIGITAL = re.compile(r"^(?:nguoi ky|email|co quan|thoi gian ky|ngay ky|ky boi|digitally|signed)\b\s*:")
_OPENING = re.compile(
    r"(?:^|[,;.]\s+)(?P<who>(?:ủy ban nhân dân|ubnd|sở|ban|bộ|cục|hội đồng|văn phòng|đoàn|hội|liên đoàn|công an|ủy ban)\s"
    r"[^,;.]{2,90}?)\s+(?:ban hành|xây dựng|triển khai|đề ra|lập|tổ chức)\s+(?:\w+\s+){0,3}?(?:kế hoạch|chương trình|phương án|đề án)"
)


_STAMP = re.compile(r"^(?:DỰ THẢO|BẢN MẪU|HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|MẬT|BẢN SAO|SAO Y|CÔNG BÁO)(?!\w)")
_NAMELESS = re.compile(r"(?:ủy ban nhân dân|ubnd|thành phố|tỉnh|huyện|quận|xã|phường|thị trấn)$")


@dataclass(slots=True)
class Header:
    number: str | None = None
    place: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    sources: dict[str, Place] = field(default_factory=dict)
    sure: dict[str, float] = field(default_factory=dict)

    def note(self, name: str, line: Line | None, sure: float) -> None:
        if line is not None:
            self.sources[name] = line.place
        self.sure[name] = sure


def header_of(head: list[Line], notes: list[Line], opening: list[Line], running: str) -> Header:
    header = Header()
    head = _without_cut_motto([line for line in head if not _DIGITAL.match(bare(line.text))])
    whole, owner = _joined(head)
    blank = _read_number(header, whole, owner)
    whole = _NUMBER.sub(lambda m: "\n" * len(m.group()), whole)
    dated = _read_date(header, whole, owner)
    _read_issuer(header, head, running)
    for note in notes:
        _read_note(header, note, blank_number=blank, blank_date=dated)
    if header.issuer is None or _NAMELESS.search(fold(header.issuer)):
        _read_opening(header, opening, running)
    _complete(header, running)
    return header


def _without_cut_motto(head: list[Line]) -> list[Line]:
    """Without the words of the motto that a narrow column left on lines of their own."""
    kept: list[Line] = []
    owed = ""
    for line in head:
        words = fold(line.text).strip()
        if owed and owed.startswith(words):
            owed = owed[len(words) :].strip()
            continue
        kept.append(line)
        found = _MOTTO_START.search(words)
        for motto in _MOTTOES if found else ():
            if found and motto.startswith(found.group()):
                owed = motto[len(found.group()) :].strip()
    return kept


def _complete(header: Header, running: str) -> None:
    """An issuer whose place was lost takes it from the running text or from the dateline."""
    if not header.issuer or not header.place or not _NAMELESS.search(fold(header.issuer)):
        return
    place = re.escape(fold(re.sub(r"^(?:TP\.?|[Tt]hành phố|[Tt]ỉnh)\s*", "", header.place)))
    said = re.search(
        rf"(?:ủy ban nhân dân|ubnd)\s+(?P<unit>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+{place}(?!\w)",
        fold(running),
    )
    unit = re.search(r"(?:ủy ban nhân dân|ubnd)\s+(?P<unit>tỉnh|thành phố)(?!\w)", fold(running))
    found = said or unit
    base = re.sub(r"\s+(?:tỉnh|thành phố)$", "", header.issuer, flags=re.IGNORECASE)
    if found:
        header.issuer = (
            f"{base} {found['unit']} {re.sub(r'^(?:TP.?|[Tt]hành phố|[Tt]ỉnh) *', '', header.place)}"
        )
        header.sure["issuer"] = 0.85 if said else 0.7


def _joined(lines: list[Line]) -> tuple[str, list[tuple[int, Line]]]:
    """All lines in one string without the motto, and where each begins."""
    parts: list[str] = []
    owner: list[tuple[int, Line]] = []
    at = 0
    for line in lines:
        text = _MOTTO.sub(lambda m: "\n" * len(m.group()), line.text)
        owner.append((at, line))
        parts.append(text)
        at += len(text) + 1
    return " ".join(parts), owner


def _owner(owner: list[tuple[int, Line]], at: int) -> Line | None:
    return next((line for start, line in reversed(owner) if start <= at), None)


def _read_number(header: Header, whole: str, owner: list[tuple[int, Line]]) -> bool:
    """Read the number; True where its place is printed but left blank."""
    for found in _NUMBER.finditer(whole):
        number = number_of(found)
        if number:
            header.number = number
            header.note("number", _owner(owner, found.start()), 0.98)
            return False
        return True
    if listed := _LISTED_NUMBER.search(whole):
        header.number = re.sub(r"\s", "", listed.group(1))
        header.note("number", _owner(owner, listed.start()), 0.8)
        return False
    for start, line in owner:
        plain = _PLAIN_NUMBER.match(line.text)
        if plain and start >= 0:
            header.number = number_of(plain)
            header.note("number", line, 0.85)
            return False
    return bool(re.search(r"(?<!\w)Số\s*:?\s*[.…_\s]*[/-]", whole))


def number_of(found: re.Match[str]) -> str | None:
    """The number without inner spaces, or None where only its symbol is printed."""
    groups = found.groupdict()
    digits = re.sub(r"\s", "", groups.get("n") or "")
    if not digits:
        return None
    symbol = re.sub(r"\s+", "", groups["symbol"].replace("–", "-")).rstrip(".")
    separator = (groups.get("sep") or "/").replace("–", "-")
    year = re.sub(r"\s", "", groups.get("more") or "")
    return f"{digits}{year}{separator}{symbol}"


def _read_date(header: Header, whole: str, owner: list[tuple[int, Line]]) -> bool:
    """Read place and date; True where a date is printed, even if its day is blank."""
    for found in _DATE.finditer(whole):
        if found["place"]:
            header.place = tidy(found["place"])
            header.note("place", _owner(owner, found.start("place")), 0.97)
        if found["d"] and found["m"] and found["y"]:
            header.issued_on = _day(found["y"], found["m"], found["d"])
            header.note("issued_on", _owner(owner, found.start()), 0.98)
        return True
    if listed := _LISTED_DATE.search(whole):
        header.issued_on = _day(listed.group(3), listed.group(2), listed.group(1))
        header.note("issued_on", _owner(owner, listed.start()), 0.8)
    return False


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_issuer(header: Header, head: list[Line], running: str) -> None:
    names: list[tuple[str, Line]] = []
    for line in _agency_lines(head):
        text = re.sub(r"[Ss]ố\s*:.*$|-{2,}|_{2,}|\|", " ", _NUMBER.sub(" ", line.text))
        text = tidy(_MOTTO.sub(" ", text)).strip(" *")
        if not is_upper(text) or _STAMP.match(text) or re.search(r"\d\s*[/-]", text):
            continue
        for part in _names_in(text):
            if (names and not AGENCY_START.match(fold(part))) or (names and _is_place_only(part)):
                names[-1] = (f"{names[-1][0]} {part}", names[-1][1])
            elif AGENCY_START.match(fold(part)):
                names.append((part, line))
    if names:
        text, line = names[-1]
        header.issuer = agency_case(text, running)
        header.note("issuer", line, 0.95 if len(names) < 3 else 0.8)


def _agency_lines(head: list[Line]) -> list[Line]:
    """The lines around the number: a crawler's menus above do not count."""
    return head[-14:]


def _is_place_only(text: str) -> bool:
    return bool(
        re.match(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu|tp)(?!\w)", fold(text))
    )


def _names_in(text: str) -> list[str]:
    """Parent and issuer run on in one line: "UBND TỈNH X SỞ NỘI VỤ"."""
    cut = re.search(
        r"(?<=\S)\s+(?=(?:SỞ|BAN(?!\s(?:NHÂN|THƯỜNG|CHẤP))|CỤC|CHI CỤC|TRUNG TÂM|THANH TRA|TRƯỜNG|UBND|(?:ỦY|UỶ) BAN NHÂN DÂN|PHÒNG|HỘI ĐỒNG)\s)",
        text,
    )
    starts_parent = re.match(r"(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|BỘ|TỈNH ỦY|THÀNH ỦY)(?!\w)", text)
    if cut and starts_parent:
        return [text[: cut.start()], text[cut.end() :]]
    return [text]


def _read_note(header: Header, note: Line, *, blank_number: bool, blank_date: bool) -> None:
    """Read "(Ban hành kèm theo Kế hoạch số 42/KH-UBND ngày … của …)"."""
    mention = _ATTACHED.search(note.text)
    if not mention:
        return
    found = _NUMBER.search(note.text, mention.start())
    if found and header.number is None and not blank_number and (number := number_of(found)):
        header.number = number
        header.note("number", note, 0.9)
    dated = _DATE.search(note.text, mention.start())
    if dated and header.issued_on is None and not blank_date and dated["d"] and dated["m"] and dated["y"]:
        header.issued_on = _day(dated["y"], dated["m"], dated["d"])
        header.note("issued_on", note, 0.9)
    if header.issuer is None and (of := _OF.search(note.text)):
        name = tidy(of.group(1)).rstrip(".)")
        header.issuer = name[:1].upper() + name[1:]
        header.note("issuer", note, 0.7)


def _read_opening(header: Header, opening: list[Line], running: str) -> None:
    """Read "…, Ủy ban nhân dân tỉnh X ban hành Kế hoạch …"."""
    for line in opening:
        found = next(reversed(list(_OPENING.finditer(fold(line.text)))), None)
        if not found:
            continue
        name = tidy(line.text[found.start("who") : found.end("who")])
        name = name[:1].upper() + name[1:]
        known = header.issuer
        if known is None or fold(name).startswith(fold(known)):
            header.issuer = name
            header.note("issuer", line, 0.85)
        return
    if header.issuer:
        header.issuer = agency_case(header.issuer, running)
