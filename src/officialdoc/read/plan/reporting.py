"""Rules of reporting.

Reads: the outline and the closing paragraph. Writes: who reports to whom and how often, one
`ReportingReading` for each period or date a sentence names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from officialdoc.model import Place, ReportingReading
from officialdoc.read.plan.agencies import begins_agency, without_action
from officialdoc.read.plan.deadlines import read_deadline
from officialdoc.read.plan.duties import agency_and_duty
from officialdoc.read.plan.letters import bare, fold, tidy
from officialdoc.read.plan.lines import Line
from officialdoc.read.plan.outline import Node

Recurrence = Literal["yearly", "quarterly", "monthly", "weekly", "periodic", "once"]

_REPORT = re.compile(r"(?<!\w)báo cáo(?!\w)(?! viên)")
_CLAUSE = re.compile(
    r"(?<=[;.])\s+(?=\S)|,\s+(?:và\s+)?(?=báo cáo (?:0?6 tháng|0?9 tháng|năm|quý|tháng|tổng kết|sơ kết)\b)"
)
_PERIODS: tuple[tuple[Recurrence, re.Pattern[str]], ...] = (
    ("weekly", re.compile(r"(?:hàng|hằng|mỗi) tuần|(?:báo cáo|định kỳ) tuần")),
    ("monthly", re.compile(r"(?:hàng|hằng|mỗi|từng) tháng|(?:báo cáo|định kỳ) tháng(?! \d)")),
    (
        "quarterly",
        re.compile(
            r"(?:hàng|hằng|mỗi|từng|theo|cuối|cuối mỗi|cuối của) quý|(?:báo cáo|định kỳ) quý(?! [ivx\d])|[,;(]\s*quý(?! [ivx\d])"
        ),
    ),
    ("periodic", re.compile(r"(?:0?6|sáu|0?9|chín|0?3) tháng")),
    (
        "yearly",
        re.compile(
            r"(?:hàng|hằng|mỗi|từng|cuối|cả|tháng và|quý và) năm(?! \d)|(?:báo cáo|định kỳ) (?:tổng kết )?năm(?! \d)|"
            r"(?:0?1|một) năm|[,;(]\s*năm(?! [\d\w])"
        ),
    ),
)
_PERIODIC = re.compile(r"định kỳ")
_WHEN = re.compile(
    r"(?P<before>trước|chậm nhất|vào|đến|xong)?\s*(?P<ngay>ngày)\s*(?P<d>\d{1,2})\s*(?:/|tháng|-)\s*(?P<m>\d{1,2})(?:\s*(?:/|năm|-)\s*(?P<y>20\d\d))?"
    r"|(?P<before2>trước|chậm nhất|vào|đến|xong)\s*(?P<d2>\d{1,2})\s*/\s*(?P<m2>\d{1,2})(?:\s*/\s*(?P<y2>20\d\d))?"
)
_TO = re.compile(
    r"\b(?:về|gửi(?: về| cho| đến)?|cho|với|qua)\s+|\bbáo cáo\s+(?=(?:ủy ban|ubnd|thủ tướng|chủ tịch|bộ|ban|sở)\b)"
)
_END_OF_TO = re.compile(
    r"\s+(?:để|trước|theo|định kỳ|hàng|hằng|vào|chậm nhất|tổng hợp|qua|kết quả|và (?:báo|đề)|khi|trong|các nội dung|tại|nhằm|xem xét)(?!\w)|,\s+(?=tổng hợp|đồng thời|trước)"
)
_CLOSING = re.compile(r"(?:đề nghị|yêu cầu)\s+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    who: str | None
    place: Place
    to: str | None = None  # whom the whole sentence names


def reporting_in(root: Node, year: int | None) -> list[ReportingReading]:
    rules: list[ReportingReading] = []
    for sentence in _sentences(root):
        for clause in _clauses(sentence):
            rules.extend(_rules_of(clause, year))
    return _once_each(rules)


def _sentences(root: Node) -> Iterator[_Sentence]:
    for line in root.body:
        yield _Sentence(line.text, _subject_of(line.text), line.place)
    for node in root.children:
        yield from _of_node(node, None)


def _of_node(node: Node, who: str | None) -> Iterator[_Sentence]:
    split = agency_and_duty(node.heading, has_items=bool(node.children or node.body))
    own = split[0] if split and len(split[0]) < 200 else who
    assert node.line is not None
    if _REPORT.search(fold(node.heading)):
        yield _Sentence(node.heading, own, node.line.place)
    lines: list[Line] = node.body
    for line in lines:
        if _REPORT.search(fold(line.text)):
            inner = _subject_of(line.text)
            yield _Sentence(line.text, inner or own, line.place)
    for child in node.children:
        yield from _of_node(child, own)


def _subject_of(text: str) -> str | None:
    """Who a closing paragraph calls on: "Đề nghị A, B; yêu cầu C tổ chức thực hiện, báo cáo …"."""
    text = tidy(text)
    key = fold(text)
    called = list(_CLOSING.finditer(key))
    named: list[str] = []
    for m, following in zip_longest(called, called[1:]):
        stop = following.start() if following else len(text)
        who = without_action(re.split(r"[.]\s", text[m.end() : stop])[0])
        if begins_agency(who):
            named.append(re.sub(r",\s+(?:tổ chức|báo cáo).*$", "", who).strip(" ;,."))
    if named:
        return "; ".join(named)
    if begins_agency(text):
        who = without_action(text)
        return who.strip(" ,;.") if len(who) < len(text) and len(who) < 220 else None
    return None


def _clauses(sentence: _Sentence) -> Iterator[_Sentence]:
    """Sentences and parts of sentences that speak of a report, each with one period."""
    for part in _CLAUSE.split(sentence.text):
        if _REPORT.search(fold(part)):
            yield _Sentence(part, sentence.who, sentence.place, _to(sentence.text))


def _rules_of(clause: _Sentence, year: int | None) -> list[ReportingReading]:
    key = fold(clause.text)
    dates = [found for found in _WHEN.finditer(key) if not _is_citation(key, found)]
    if not dates:
        return [_rule(clause, period, None, year) for period in _periods_of(key)]
    rules = []
    start = 0
    for found, following in zip_longest(dates, dates[1:]):
        stop = following.start() if following else len(key)
        period = _nearest_period(key[start : found.end()], key[found.end() : stop], key)
        rules.append(_rule(clause, period, found, year))
        start = found.end()
    return rules


def _nearest_period(before: str, behind: str, whole: str) -> Recurrence | None:
    """The period named in front of a date, else right behind it, else anywhere in the clause."""
    for text in (before, behind[:40]):
        named = [period for period in _periods_of(text) if period != "periodic" or "tháng" in text]
        if named:
            return named[-1]
    periods = _periods_of(whole)
    return periods[-1] if periods else None


def _is_citation(key: str, found: re.Match[str]) -> bool:
    """The date of a cited document ("Quyết định số … ngày 27/12/2018") is no deadline."""
    if found["before"] or found["before2"]:
        return False
    return bool(re.search(r"(?:số|/)\s*\S*[/-]\S+\s*,?\s*$", key[: found.start()])) or bool(found["y"])


def _periods_of(key: str) -> list[Recurrence]:
    """Every period a sentence names, the shortest first; "định kỳ" alone is one too."""
    found = [recurrence for recurrence, pattern in _PERIODS if pattern.search(key)]
    return found or (["periodic"] if _PERIODIC.search(key) else [])


def _rule(
    clause: _Sentence, period: Recurrence | None, found: re.Match[str] | None, year: int | None
) -> ReportingReading:
    rule = ReportingReading(
        who=clause.who, to=_to(clause.text) or clause.to, when=tidy(clause.text).rstrip("./; "), recurrence=period,
        source=clause.place, confidence=0.85,
    )  # fmt: skip
    if found is None:
        return rule
    day, month = int(found["d"] or found["d2"]), int(found["m"] or found["m2"])
    printed_year = found["y"] or found["y2"]
    rule.before = (found["before"] or found["before2"]) == "trước"
    if period in (None, "once") or (printed_year and period == "periodic"):
        rule.recurrence = "once"
        deadline = read_deadline(f"ngày {day}/{month}/{printed_year or year or ''}".rstrip("/"), year)
        rule.due_on = deadline.due_on
        return rule
    if month <= 12 and day <= 31:
        rule.month_day = f"{month:02d}-{day:02d}"
    return rule


def _to(text: str) -> str | None:
    for found in _TO.finditer(fold(text)):
        name = re.split(r"[;.()]", text[found.end() :])[0]
        cut = _END_OF_TO.search(fold(name))
        name = tidy(name[: cut.start()] if cut else name).rstrip(" ,./")
        if begins_agency(name) and not bare(name).startswith("cac "):
            return name
    return None


def _once_each(rules: list[ReportingReading]) -> list[ReportingReading]:
    """The same rule said twice (same body, same period, same date) counts once."""
    seen: set[tuple[str | None, str | None, str | None, str | None]] = set()
    kept = []
    for rule in rules:
        key = (rule.who, rule.recurrence, rule.month_day, str(rule.due_on))
        if key not in seen:
            seen.add(key)
            kept.append(rule)
    return kept
