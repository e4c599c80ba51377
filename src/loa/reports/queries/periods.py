"""The periods that a standing rule makes in a year: window, opening, due day, each with its legal basis."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from loa.core.calendar_data import current_calendar
from loa.core.counted_days import count_day
from loa.core.deadlines import Calendar, CalendarRangeError, working_days_between
from loa.core.legal import MissingRuleError, RuleInForce, rule_on
from loa.plans.models import Plan
from loa.reports.models import StandingRule
from loa.reports.queries.shipped import shipped

_ONE_DAY = timedelta(days=1)
_ROUND_KINDS = {1: "monthly", 3: "quarterly", 6: "half_yearly", 12: "yearly"}
_PAR = ("report.cchc.q1", "report.cchc.h1", "report.cchc.q3", "report.cchc.year")


@dataclass(frozen=True, slots=True)
class Period:
    """One round to be. `counted_from` is the due day before it was moved off a day that is not worked."""

    kind: str
    period: str
    title: str
    data_from: date
    data_to: date
    due_on: date
    is_due_before: bool
    counted_from: date
    shift: str
    opens_on: date
    closes_on: date | None
    legal_basis: str

    @property
    def last_day(self) -> date:
        """The last day on which a report is in time."""
        return self.due_on - _ONE_DAY if self.is_due_before else self.due_on


class Laws:
    """Legal rules and the calendar, each asked once for any number of periods."""

    def __init__(self) -> None:
        self.calendar: Calendar = current_calendar()
        self._known: dict[tuple[str, date], RuleInForce | None] = {}

    def on(self, code: str, day: date) -> RuleInForce | None:
        if (code, day) not in self._known:
            try:
                self._known[code, day] = rule_on(code, day)
            except MissingRuleError:
                self._known[code, day] = None
        return self._known[code, day]

    def cut_before(self, last_day: date) -> date:
        """The last day of the data where only the last day to send is known (NĐ 09/2019, Điều 8)."""
        wanted, day = self._least_gap(last_day), last_day - _ONE_DAY
        try:
            while working_days_between(day, last_day, self.calendar) < wanted:
                day -= _ONE_DAY
        except CalendarRangeError:  # a year whose holidays are not known yet: a person corrects the day
            return last_day - _ONE_DAY
        return day

    def moved(self, day: date, shift: str) -> date:
        try:
            return count_day(day, shift=shift, calendar=self.calendar)
        except CalendarRangeError:
            return day

    def gap(self, period: Period) -> int | None:
        """Working days from the end of the data to the last day to send; None outside the calendar."""
        try:
            return working_days_between(period.data_to, period.last_day, self.calendar)
        except CalendarRangeError:
            return None

    def needed_gap(self, period: Period) -> int:
        return self._least_gap(period.last_day)

    def _least_gap(self, day: date) -> int:
        """By the text in force when the year began: one question for all periods of a year."""
        law = self.on("report.gap", date(day.year, 1, 1))
        return int(law["working_days"]) if law else 0


def law_codes(rule: StandingRule) -> tuple[str, ...]:
    if rule.has_own_window or rule.kind == StandingRule.Kind.THEMATIC:
        return ()
    return _PAR if rule.kind == StandingRule.Kind.PAR else (f"report.window.{rule.kind}",)


def periods_of(rule: StandingRule, plan: Plan, laws: Laws, year: int | None = None) -> list[Period]:
    """In the order of their due days. A rule that no law in force answers for makes none."""
    year = year or plan.year
    codes = law_codes(rule)
    if not codes:
        return list(_own(rule, plan, laws, year))
    found = [period for code in codes for period in _by_law(rule, plan, laws, code, year)]
    return sorted(found, key=lambda period: (period.due_on, period.period))


def _by_law(rule: StandingRule, plan: Plan, laws: Laws, code: str, year: int) -> Iterator[Period]:
    shape = laws.on(code, date(year, 12, 1))
    if shape is None:
        return
    months = shape["months"]
    last_months = [shape.values["last_month"]] if "last_month" in shape.values else range(months, 13, months)
    for last_month in last_months:
        law = laws.on(code, date(year, last_month, 1))
        if law is not None:
            yield _law_period(rule, plan, laws, law, date(year, last_month, 1))


def _law_period(rule: StandingRule, plan: Plan, laws: Laws, law: RuleInForce, month: date) -> Period:
    """`month`: the first day of the period's last month."""
    year, last_month = month.year, month.month
    kind = _ROUND_KINDS[law["months"]]
    mark = rule.mark or law.values.get("mark", "")
    return _period(
        rule,
        laws,
        kind=kind,
        period="-".join(filter(None, (str(year), _part(kind, last_month), mark))),
        title=_title(rule, plan, kind, month, is_par=rule.kind == StandingRule.Kind.PAR),
        window=(_start(year, last_month, law), _day(year, last_month, law["ends_on"])),
        due_on=_day(year, last_month, rule.due_day or law["due_day"]),
        legal_basis=law.legal_basis,
    )


def _start(year: int, last_month: int, law: RuleInForce) -> date:
    """A window that begins inside a month begins in the month before the period."""
    index = year * 12 + last_month - law["months"] - (law["starts_on"] > 1)
    return _day(index // 12, index % 12 + 1, law["starts_on"])


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _part(kind: str, last_month: int) -> str:
    if kind == "quarterly":
        return f"Q{last_month // 3}"
    return {"half_yearly": f"H{last_month // 6}", "monthly": f"M{last_month:02d}"}.get(kind, "")


def _own(rule: StandingRule, plan: Plan, laws: Laws, year: int) -> Iterator[Period]:
    if not rule.due_month_day:
        return
    due_on = month_day(year, rule.due_month_day)
    data_from = month_day(year, rule.window_from or "01-01")
    if rule.window_to:
        data_to = month_day(year, rule.window_to)
        if data_from > data_to:  # such as 15/12 to 14/12
            data_from = month_day(year - 1, rule.window_from)
        if due_on < data_to:  # reported in the year after
            due_on = month_day(year + 1, rule.due_month_day)
    else:
        data_to = laws.cut_before(due_on - _ONE_DAY if rule.is_due_before else due_on)
        data_from = min(data_from, data_to)
    kind = "thematic" if rule.kind == StandingRule.Kind.THEMATIC else "yearly"
    part = f"{due_on:%m%d}" if kind == "thematic" else ""
    yield _period(
        rule,
        laws,
        kind=kind,
        period="-".join(filter(None, (str(year), part, rule.mark))),
        title=_title(rule, plan, kind, date(year, 12, 1)),
        window=(data_from, data_to),
        due_on=due_on,
        legal_basis=rule.legal_basis,
    )


def month_day(year: int, text: str) -> date:
    """The day of a year that "MM-DD" means; 29/02 is the month's last day in other years."""
    month, day = map(int, text.split("-"))
    return _day(year, month, day)


def _period(
    rule: StandingRule,
    laws: Laws,
    *,
    kind: str,
    period: str,
    title: str,
    window: tuple[date, date],
    due_on: date,
    legal_basis: str,
) -> Period:
    shift = "none" if rule.is_due_before else rule.shift  # "before" a day means before it, worked or not
    counted = laws.moved(due_on, shift)
    ahead = rule.opens_days_before
    opens_on = window[1] + _ONE_DAY if ahead is None else counted - timedelta(days=ahead)
    closes_after = rule.closes_days_after
    return Period(
        kind=kind,
        period=period,
        title=title,
        data_from=window[0],
        data_to=window[1],
        due_on=counted,
        is_due_before=rule.is_due_before,
        counted_from=due_on,
        shift=shift,
        opens_on=min(opens_on, counted),
        closes_on=None if closes_after is None else counted + timedelta(days=closes_after),
        legal_basis=rule.legal_basis or legal_basis,
    )


def _title(rule: StandingRule, plan: Plan, kind: str, month: date, *, is_par: bool = False) -> str:
    words: dict[str, Any] = shipped()["rounds"]
    key = "named" if rule.title else kind
    if key == "yearly" and is_par:
        key = "yearly_cchc"
    title = words["titles"][key].format(
        title=rule.title,
        number=plan.number,
        year=month.year,
        quarter=words["quarters"][(month.month - 1) // 3],
        half=words["halves"][(month.month - 1) // 6],
        month=month.month,
    )
    return title[:300]
