"""Documents that a text refers to.

Reads: any Vietnamese text, as it was typed (NFC or NFD, line breaks, look-alike hyphens). Writes:
`Cited`s in the order of the text: where each stands, its kind, number, date and issuer as printed.

A number counts when its symbol is one that Vietnamese documents bear ("61/2018/NĐ-CP",
"17-KL/TW"), or when a kind of document is printed before it; a law also counts by its name with a
year or a day ("Luật Tiếp cận thông tin 2016"). Every pattern is bounded: the time grows with the
length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from officialdoc.read.plan.letters import bare, fold, tidy
from officialdoc.read.plan.vocabulary import DOCUMENT_TYPES, one_of
from officialdoc.read.spelling import Spelled, spelled

# Symbol of the kind -> the kind. Folded without accents, as `bare` gives it.
KIND_OF_SYMBOL = {
    "nd": "nghị định",
    "qd": "quyết định",
    "nq": "nghị quyết",
    "nqlt": "nghị quyết liên tịch",
    "ct": "chỉ thị",
    "tt": "thông tư",
    "ttlt": "thông tư liên tịch",
    "kh": "kế hoạch",
    "kl": "kết luận",
    "cd": "công điện",
    "tb": "thông báo",
    "hd": "hướng dẫn",
    "ctr": "chương trình",
    "bc": "báo cáo",
    "ttr": "tờ trình",
    "qyd": "quy định",
    "qc": "quy chế",
    "da": "đề án",
    "pl": "pháp lệnh",
    "l": "lệnh",
}
# How offices shorten a kind before a number: "QĐ 3472/QĐ-UBND". In capitals only.
SHORT_KINDS = {
    "NĐ": "nghị định",
    "QĐ": "quyết định",
    "NQ": "nghị quyết",
    "TT": "thông tư",
    "TTLT": "thông tư liên tịch",
    "CT": "chỉ thị",
    "KH": "kế hoạch",
    "KL": "kết luận",
    "CV": "công văn",
    "CĐ": "công điện",
    "TB": "thông báo",
    "HD": "hướng dẫn",
    "BC": "báo cáo",
    "TTr": "tờ trình",
}
LAWS = ("bộ luật", "luật", "pháp lệnh")

_S = r"\s{0,5}"  # bounded: a page of blanks is no reference
_NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<ordinal>\d{{1,5}}[a-z]?)"
    rf"(?:{_S}/{_S}(?P<year>(?:19|20)\d\d)(?!\d))?"
    rf"(?:{_S}[/-]{_S}(?P<symbol>[a-zđ][a-zđ0-9&.]{{0,14}}(?:{_S}[-/]{_S}[a-zđ][a-zđ0-9&.]{{0,14}}){{0,5}}))?"
)
_CAPITAL_SYMBOL = re.compile(r"[^\Wa-z\d_]{2,}[\w&.]*(?:[-/][^\Wa-z\d_][\w&.]*)*")
_ASSEMBLY = re.compile(r"(?:qh|ubtvqh)\d{1,2}")
_KIND_BEFORE = re.compile(rf"(?<!\w)(?:(?P<kind>{one_of(DOCUMENT_TYPES)}){_S})(?:số{_S}:?{_S})?$")
_SHORT_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<kind>{'|'.join(sorted(SHORT_KINDS, key=len, reverse=True))})\s{{0,3}})(?:[Ss]ố\s{{0,3}}:?\s{{0,3}})?$"
)
_ORDINAL_WORD = re.compile(rf"(?<!\w)số{_S}:?{_S}$")
_WINDOW = 40  # letters before a number in which its kind can stand
_DATE = re.compile(
    rf"{_S},?{_S}\(?(?:(?:ký|ra|ban hành){_S})?(?:ngày{_S}(?P<day>\d{{1,2}}){_S}tháng{_S}(?P<month>\d{{1,2}}){_S}năm{_S}(?P<year>\d{{4}})|"
    rf"(?:ngày{_S})?(?P<d>\d{{1,2}}){_S}[/.-]{_S}(?P<m>\d{{1,2}}){_S}[/.-]{_S}(?P<y>\d{{4}}))(?!\d)"
)
_YEAR = re.compile(rf"{_S}(?:năm{_S})?(?P<year>(?:19|20)\d\d)(?![\w/]|{_S}[-–]{_S}\d)")
_LAW = re.compile(rf"(?<!\w)(?:{one_of(LAWS)})\s(?!số)")
_LAW_TITLE = 170
_LAW_END = re.compile(
    rf"(?:{_S}số{_S}:?{_S}(?=\d)|(?={_S}(?:,{_S})?ngày{_S}\d)|(?={_S}\(?(?:năm{_S})?(?:19|20)\d\d(?![\w/])))"
)
# What cannot stand in the name of a law: the sentence has gone on.
_NOT_IN_TITLE = re.compile(
    r"[.;:()“”\"\[\]]|(?<!\w)(?:này|đó|trong|theo|từ|đã|được|do|khi|nếu|tại|cho|là|thì|hiện hành|"
    r"nghị định|thông tư|quyết định|nghị quyết|chỉ thị|kế hoạch|hiến pháp)(?!\w)"
)
_CHANGING = re.compile(r"sửa đổi|bãi bỏ")
_OF = re.compile(rf"{_S},?{_S}của\s(?:{_S})")
_WORD = re.compile(r"[^\s,.;:()“”\"]+")
_SMALL_IN_ISSUER = frozenset(
    [
        "nhân",
        "dân",
        "thành",
        "phố",
        "tỉnh",
        "huyện",
        "quận",
        "thị",
        "xã",
        "phường",
        "và",
        "các",
        "bộ",
        "chính",
        "phủ",
        "trung",
        "ương",
        "khóa",
    ]
)
# Words with which the sentence goes on, although a name stands before them.
_NOT_IN_ISSUER = frozenset(
    [
        "về",
        "quy",
        "ban",
        "phê",
        "sửa",
        "hướng",
        "ngày",
        "năm",
        "số",
        "đã",
        "là",
        "có",
        "thì",
        "được",
        "cho",
        "khi",
        "tại",
        "trong",
        "theo",
        "giao",
        "yêu",
        "triển",
        "thực",
        "công",
    ]
)
_VERBS = frozenset(("về", "quy", "phê", "sửa"))
_ISSUER_WORDS = 14


@dataclass(frozen=True, slots=True)
class Cited:
    """One document named in a text. `text[start:end]` is its kind, number and date as printed."""

    start: int
    end: int
    text: str
    kind: str = ""  # in small letters: "nghị định"; "" where nothing says it
    number: str = ""  # without blanks: "61/2018/NĐ-CP"; "" for a law cited by its name
    title: str = ""  # the name of a law: "Tiếp cận thông tin"
    issued_on: date | None = None
    year: int | None = None  # of the number, of the date or printed behind a law's name
    issuer: str = ""  # as printed behind "của"


def find_references(text: str) -> list[Cited]:
    """Every document the text refers to, as often as it does; none overlaps another."""
    sheet = spelled(text)
    key = fold(sheet.text)
    reader = _Reader(sheet, key)
    found: list[Cited] = []
    for cited in sorted([*reader.laws(), *reader.numbered()], key=lambda each: (each.start, -each.end)):
        if not found or cited.start >= found[-1].end:
            found.append(cited)
    return found


def number_key(number: str) -> str:
    """A number as it is compared: without accents, blanks and leading zeros."""
    plain = re.sub(r"\s+", "", bare(number)).strip("./-")
    return re.sub(r"^0+(?=\d)", "", plain)


def title_key(title: str) -> str:
    """The name of a law as it is compared."""
    return tidy(bare(title)).strip(" .,;")


@dataclass(frozen=True, slots=True)
class _Reader:
    sheet: Spelled  # the text in one spelling
    key: str  # the same folded, letter for letter

    def numbered(self) -> Iterator[Cited]:
        for found in _NUMBER.finditer(self.key):
            cited = self._numbered(found)
            if cited:
                yield cited

    def _numbered(self, found: re.Match[str]) -> Cited | None:
        symbol = found["symbol"] or ""
        end = found.end()
        if symbol:
            end -= len(symbol) - len(symbol.rstrip(".&"))
            symbol = symbol.rstrip(".&")
        elif not found["year"]:
            return None
        kind, start = self._kind_before(found.start())
        if not self._is_number(found, symbol, end, kind):
            return None
        number = re.sub(r"\s+", "", self.sheet.text[found.start() : end]).translate(_HYPHENS)
        kind = kind or _kind_of_symbol(symbol)
        return self._cited(start, end, kind=kind, number=number, year=_whole(found["year"]))

    def _is_number(self, found: re.Match[str], symbol: str, end: int, kind: str) -> bool:
        if not symbol:  # "Nghị định 61/2018" is one, "tháng 6/2018" is none
            return bool(kind)
        if _kind_of_symbol(symbol) or _ASSEMBLY.match(bare(symbol)):
            return len(re.sub(r"\s", "", symbol)) > 1 and (
                "-" in symbol or "/" in symbol or bool(found["year"])
            )
        printed = re.sub(r"\s+", "", self.sheet.text[found.start("symbol") : end])
        if not _CAPITAL_SYMBOL.fullmatch(printed.translate(_HYPHENS)):
            return False
        return bool(kind) or bool(_ORDINAL_WORD.search(self.key[max(0, found.start() - 12) : found.start()]))

    def _kind_before(self, at: int) -> tuple[str, int]:
        """The kind printed before a number, and where it begins; the number's own place where there is none."""
        first = max(0, at - _WINDOW)
        found = _KIND_BEFORE.search(self.key, first, at)
        if found:
            return found["kind"], found.start()
        short = _SHORT_BEFORE.search(self.sheet.text, first, at)
        if short:
            return SHORT_KINDS[short["kind"]], short.start()
        word = _ORDINAL_WORD.search(self.key, first, at)
        return "", word.start() if word else at

    def laws(self) -> Iterator[Cited]:
        for found in _LAW.finditer(self.key):
            cited = self._law(found)
            if cited:
                yield cited

    def _law(self, found: re.Match[str]) -> Cited | None:
        kind = found.group().strip()
        if not self.sheet.text[found.start()].isupper():
            return None
        window = self.key[found.end() : found.end() + _LAW_TITLE]
        inner = _LAW.search(window)
        if inner and not _CHANGING.match(window):
            window = window[: inner.start()]
        ending = _LAW_END.search(window)
        if ending is None:
            return None
        printed = self.sheet.text[found.end() : found.end() + ending.start()]
        if _NOT_IN_TITLE.search(window, 0, ending.start()) or "\n\n" in printed:
            return None
        printed = tidy(printed).strip(" ,")
        if not printed:
            return None
        at = found.end() + ending.end()
        number = _NUMBER.match(self.key, at) if ending.group().strip() else None
        if number and number["symbol"]:
            words = re.sub(r"\s+", "", self.sheet.text[at : number.end()]).rstrip(".&").translate(_HYPHENS)
            stop_at = number.end() - (len(number.group()) - len(number.group().rstrip(".&")))
            return self._cited(
                found.start(), stop_at, kind=kind, number=words, title=printed, year=_whole(number["year"])
            )
        return self._cited(found.start(), at, kind=kind, title=printed) if not number else None

    def _cited(
        self, start: int, end: int, *, kind: str, number: str = "", title: str = "", year: int | None = None
    ) -> Cited | None:
        """With the date and the issuer that follow. A law by its name alone must have a date or a year."""
        issued_on, end = self._date(end)
        if issued_on is None and year is None:
            found = _YEAR.match(self.key, end)
            if found:
                year, end = int(found["year"]), found.end()
        if not (number or issued_on or year):
            return None
        first, last = self.sheet.place(start), self.sheet.place(end)
        return Cited(
            start=first,
            end=last,
            text=self.sheet.original[first:last],
            kind=kind,
            number=number,
            title=title,
            issued_on=issued_on,
            year=year or (issued_on.year if issued_on else None),
            issuer=self._issuer(end),
        )

    def _date(self, at: int) -> tuple[date | None, int]:
        found = _DATE.match(self.key, at)
        if not found:
            return None, at
        numbers = found["year"] or found["y"], found["month"] or found["m"], found["day"] or found["d"]
        try:
            return date(*map(int, numbers)), found.end()
        except ValueError:
            return None, at

    def _issuer(self, at: int) -> str:
        """The words behind "của" as long as they belong to the name of a body."""
        if self.key[at : at + 1] == ")":
            at += 1
        of = _OF.match(self.key, at)
        if not of:
            return ""
        start = end = of.end()
        after_capital, key_before = False, ""
        for count, word in enumerate(_WORD.finditer(self.sheet.text, start, start + 160)):
            between = self.sheet.text[end : word.start()]
            if between.strip() or count >= _ISSUER_WORDS:
                break
            is_capital = word.group()[0].isupper()
            small = fold(word.group())
            if small in _VERBS and word.group().isupper():  # a title in capitals
                break
            goes_on = small in _NOT_IN_ISSUER and not (small == "ban" and key_before == "ủy")
            if not is_capital and (goes_on or not (after_capital or small in _SMALL_IN_ISSUER)):
                break
            end, after_capital, key_before = word.end(), is_capital, small
        return re.sub(r"(?:\s(?:và|các))+$", "", tidy(self.sheet.text[start:end]))


_HYPHENS = str.maketrans(dict.fromkeys("–—−‐‑", "-"))


def _kind_of_symbol(symbol: str) -> str:
    if _ASSEMBLY.match(bare(symbol)):
        return ""  # laws, ordinances and resolutions alike
    return KIND_OF_SYMBOL.get(re.split(r"\s*[-/]", bare(symbol))[0].strip(), "")


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits else None
