"""Printed deadlines -> dates.

Reads: the words of a deadline and the year to complete them with. Writes: `Deadline`, whose
dates stay None where the words name none (constant work, "after the guidance").
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from officialdoc.read.plan.letters import bare, fold

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"""
      (?:(?P<f1>\d{{1,2}})\s*(?:-|den|,|va)\s*)?(?:ngay\s*)?(?<![\d/.])(?<!tuan\ )(?P<d1>\d{{1,2}})\s*thang\s*(?P<m1>\d{{1,2}})(?:\s*(?:nam|/|-|\.)\s*(?P<y1>{_YEAR}))?
    | (?:(?<![\d/.])(?P<f2>\d{{1,2}})\s*(?:-|den|,|va)\s*(?:ngay\s*)?)?(?<![\d/.])(?P<d2>\d{{1,2}})\s?[/.-]\s?(?P<m2>\d{{1,2}})\s?[/.-]\s?(?P<y2>{_YEAR})(?!\d)
    | (?P<half>(?:0?6|sau)\s*thang\s*(?P<which>dau|cuoi)\s*nam)(?:\s*(?P<y3>{_YEAR}))?
    | (?:quy|\bq\.?)\s*(?P<q>(?:iv|iii|ii|i|[1-4])(?:\s*(?:,|va|-|;|den|\+|&)\s*(?:quy\s*)?(?:iv|iii|ii|i|[1-4])(?!\w))*)
          (?!\w)(?:\s*(?:[/.-]|nam|cua nam)?\s*(?:nam\s*)?(?P<y4>{_YEAR}))?
    | (?<!\w)(?:thang|t)\s*(?P<m5>\d{{1,2}}(?:\s*(?:,|va|-|;|\+|&)\s*(?:thang\s*)?\d{{1,2}}(?![\d/]))*)(?!\d)
          (?:\s*(?:[/.-]|nam)\s*(?:nam\s*)?(?P<y5>{_YEAR}))?
    | (?<![\d/.])(?P<m6>\d{{1,2}})\s?[/-]\s?(?P<y6>{_YEAR})(?!\d)
    | (?:(?<![\d/.])(?P<f7>\d{{1,2}})\s*(?:-|den|,|va)\s*(?:ngay\s*)?)?(?<![\d/.])(?P<d7>\d{{1,2}})\s?/\s?(?P<m7>\d{{1,2}})(?![\d/])
    | (?P<y8a>{_YEAR})\s*-\s*(?P<y8>{_YEAR})
    | (?P<whole>ca\s+nam|trong\s+nam|(?:den\s+)?(?:het|cuoi)\s+nam|nam)?\s*(?<![\d/.])(?P<y9>{_YEAR})(?![\d/])
    | (?P<bare>ca\s+nam|trong\s+nam|(?:het|cuoi)\s+nam)
    """,
    re.VERBOSE,
)
_CONSTANT = re.compile(
    r"thường xuyên|hàng (?:năm|quý|tháng|tuần|ngày)|hằng (?:năm|quý|tháng|tuần|ngày)|mỗi (?:năm|quý|tháng|tuần)|"
    r"định kỳ|liên tục|khi có|khi phát sinh|sau khi|ngay sau|theo (?:kế hoạch|yêu cầu|tiến độ|quy định|lộ trình)|"
    r"kể từ|đột xuất"
)
_NEXT_YEAR = re.compile(r"nam\s+(?:sau|lien ke|ke tiep|tiep theo)(?:\s+lien ke)?")


@dataclass(frozen=True, slots=True)
class Deadline:
    starts_on: date | None = None
    due_on: date | None = None
    before: bool = False
    is_open: bool = False  # the words name no date on purpose


@dataclass(slots=True)
class _Span:
    at: int
    end_at: int
    kind: str
    year: int | None
    months: tuple[int, int]
    day: int | None = None
    first_year: int | None = None
    first_day: int | None = None

    def first(self) -> date:
        return date(self.first_year or self.year or 1, self.months[0], self.first_day or self.day or 1)

    def last(self) -> date:
        year = self.year or 1
        return date(year, self.months[1], self.day or monthrange(year, self.months[1])[1])


def read_deadline(text: str | None, year: int | None) -> Deadline:
    """The dates a deadline's words name; `year` completes those printed without one."""
    if not text or not text.strip():
        return Deadline()
    key = bare(text)
    spans = _spans(key)
    is_open = bool(_CONSTANT.search(fold(text)))
    if is_open or not spans:
        return Deadline(is_open=is_open)
    _complete_years(spans, key, year)
    try:
        return _deadline_of(spans, key)
    except ValueError:
        return Deadline()


def _spans(key: str) -> list[_Span]:
    key = re.sub(r"\d{1,2}\s*(?:h|gio|:)\s*\d{0,2}(?:\s*phut)?", lambda m: " " * len(m.group()), key)
    return [span for m in _SPAN.finditer(key) if _is_possible(span := _span_of(m))]


def _span_of(m: re.Match[str]) -> _Span:  # noqa: PLR0911  one return per way of printing a date
    g = m.groupdict()

    def span(kind: str, year: str | None, months: tuple[int, int], day: str | None = None) -> _Span:
        return _Span(m.start(), m.end(), kind, int(year) if year else None, months, int(day) if day else None)

    for n in "127":
        if g[f"d{n}"]:
            found = span("day", g.get(f"y{n}"), (int(g[f"m{n}"]),) * 2, g[f"d{n}"])
            found.first_day = int(g[f"f{n}"]) if g[f"f{n}"] else None
            return found
    if g["half"]:
        return span("half", g["y3"], (1, 6) if g["which"] == "dau" else (7, 12))
    if g["q"]:
        quarters = [_ROMAN[q] for q in re.findall(r"iv|iii|ii|i|[1-4]", g["q"])]
        return span("quarter", g["y4"], (3 * min(quarters) - 2, 3 * max(quarters)))
    if g["m5"]:
        months = [int(n) for n in re.findall(r"\d+", g["m5"])]
        return span("month", g["y5"], (min(months), max(months)))
    if g["m6"]:
        return span("month", g["y6"], (int(g["m6"]), int(g["m6"])))
    if g["y8"]:
        found = span("year", g["y8"], (1, 12))
        found.first_year = int(g["y8a"])
        return found
    return span("year", g["y9"], (1, 12))


def _is_possible(span: _Span) -> bool:
    return all(1 <= m <= 12 for m in span.months) and (span.day is None or 1 <= span.day <= 31)


def _complete_years(spans: list[_Span], key: str, year: int | None) -> None:
    """A date without a year takes the next printed one, else the last one, else `year`."""
    known: int | None = None
    for span in reversed(spans):
        if span.year is None and _NEXT_YEAR.match(key[span.end_at :].strip()) and year:
            span.year = year + 1
        known = span.year = span.year or known
    for span in spans:
        known = span.year = span.year or known or year


def _deadline_of(spans: list[_Span], key: str) -> Deadline:
    # "tháng 3, năm 2025" and "ngày 12/3 (năm 2025)" name the year twice, not a second span
    narrow = [s for s in spans if s.kind != "year"]
    closes_year = spans[-1].kind == "year" and re.search(
        r"(?:den|het|cuoi)", key[spans[0].end_at : spans[-1].end_at]
    )
    if narrow and not closes_year:
        spans = narrow
    if any(s.year is None for s in spans):
        return Deadline()
    first, last = spans[0], spans[-1]
    lead_in = key[: first.at].rstrip()
    before_last = key[: last.at].rstrip()
    if re.search(r"(?:truoc|truoc thoi diem|truoc ngay|truoc thang|truoc quy)$", before_last):
        starts = first.first() if first is not last else None
        return Deadline(starts, last.first(), before=True)
    is_from = re.search(
        r"(?:^|\s)(?:tu|bat dau|ke tu|tu ngay|bat dau tu|tu thang)(?:\s+(?:ngay|thang|khi|quy))?$", lead_in
    )
    if is_from and first is last and not re.search(r"\b(?:den|toi|-)\b", key[last.end_at :]):
        return Deadline(starts_on=first.first())
    due = max(s.last() for s in spans)
    up_to = re.search(
        r"(?:den|het|cham nhat|xong|cuoi)(?:\s+(?:ngay|thang|het|nam|quy|trong))*$", lead_in
    ) or (key[first.at : first.end_at].startswith(("het", "cuoi", "den")))
    starts = None if up_to or (first is last and first.day and not first.first_day) else first.first()
    return Deadline(starts if starts is None or starts <= due else None, due)


def first_day_in(text: str) -> date | None:
    """The first complete date a text names: "ngày 04/02/2016", "ngày 4 tháng 2 năm 2016"."""
    for span in _spans(bare(text)):
        if span.day and span.year:
            try:
                return span.first()
            except ValueError:
                continue
    return None


_PHRASE = re.compile(
    r"(?:hoan thanh\s+)?(?:xong\s+)?(?:truoc|cham nhat(?: la)?|trong|den het|den)\s+(?:ngay|thang|quy|nam)\s+"
    r"(?:[ivx]+|\d{1,2})?(?:\s*(?:/|thang|nam|quy|-|,|va)\s*(?:[ivx]+\b|\d{1,4}))*(?:\s+(?:hang|hang|moi) (?:nam|quy|thang))?"
)


def phrase_in(text: str) -> str | None:
    """The words of a deadline inside a sentence: "hoàn thành trước ngày 30/6/2025"."""
    for found in _PHRASE.finditer(bare(text)):
        words = text[found.start() : found.end()].strip(" ,;.")
        if re.search(r"\d|quý [IVX]", words) and not re.match(r"trong năm \d{4}$|đến năm", words):
            return words
    return None
