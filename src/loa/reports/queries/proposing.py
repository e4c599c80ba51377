"""What a round would be by the plan's own reporting rules: its window and its deadline, not global ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loa.core.calendar_data import current_calendar
from loa.core.deadlines import CalendarRangeError, working_days_between
from loa.plans.models import Plan, ReportingRule
from loa.reports.models import ReportTemplate
from loa.reports.queries.shipped import shipped

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RoundProposal:
    kind: str
    period: str
    title: str
    data_from: date
    data_to: date
    due_on: date
    is_due_before: bool
    template: ReportTemplate | None


def template_for(kind: str, day: date) -> ReportTemplate | None:
    """The outline for a kind of round in force on a day: the latest begun by then."""
    templates = ReportTemplate.objects.filter(code=f"communication_{kind}", valid_from__lte=day)
    return templates.exclude(valid_to__lt=day).order_by("-valid_from").first()


def propose_round(plan: Plan, today: date, kind: str = "") -> RoundProposal:
    """The round to open next, to be looked at and corrected by a person.

    Without a rule of its kind the round is ad hoc: from the year's start to the day before today.
    """
    rules = {rule.recurrence: rule for rule in plan.reporting_rules.all()}
    kind = kind or ("yearly" if "yearly" in rules or not rules else "ad_hoc")
    if kind == "yearly":
        return _yearly(plan, rules.get("yearly"))
    if kind == "quarterly":
        return _quarterly(plan, today)
    return _proposal(
        plan,
        "ad_hoc",
        today.isoformat(),
        (date(plan.year, 1, 1), max(today - _ONE_DAY, date(plan.year, 1, 1))),
        today,
    )


def propose_period(plan: Plan, period: str) -> RoundProposal:
    """The round of a named period: "2019", "2019-Q1". Raises LookupError where the plan has no such period."""
    year, _, part = period.partition("-")
    if year != str(plan.year) or part not in {"", "Q1", "Q2", "Q3", "Q4"}:
        raise LookupError(
            f"Kế hoạch {plan.number} không có kỳ báo cáo {period}. / The plan has no such period."
        )
    return _quarter(plan, int(part[1])) if part else _yearly(plan, _yearly_rule(plan))


def _yearly_rule(plan: Plan) -> ReportingRule | None:
    return plan.reporting_rules.filter(recurrence="yearly").first()


def _yearly(plan: Plan, rule: ReportingRule | None) -> RoundProposal:
    due_on, is_before = date(plan.year, 12, 31), False
    if rule and rule.due_on:
        due_on, is_before = rule.due_on, rule.is_before
    elif rule and rule.month_day:
        month, day = map(int, rule.month_day.split("-"))
        due_on, is_before = date(plan.year, month, day), rule.is_before
    window = (date(plan.year, 1, 1), cut_before(due_on, is_before=is_before))
    return _proposal(plan, "yearly", str(plan.year), window, due_on, is_before=is_before)


def cut_before(due_on: date, *, is_before: bool) -> date:
    """The last day of the data: some working days before the last day to send (NĐ 09/2019, Điều 8)."""
    last_to_send = due_on - _ONE_DAY if is_before else due_on
    gap = shipped()["rounds"]["gap"]["working_days"]
    day = last_to_send - _ONE_DAY
    try:
        while working_days_between(day, last_to_send, current_calendar()) < gap:
            day -= _ONE_DAY
    except CalendarRangeError:  # a year whose holidays are not known yet: a person corrects the day
        return last_to_send - _ONE_DAY
    return day


def _quarterly(plan: Plan, today: date) -> RoundProposal:
    """The quarter whose reports fall due next, within the plan's year."""
    quarters = [_quarter(plan, number) for number in (1, 2, 3, 4)]
    return next((quarter for quarter in quarters if today <= quarter.due_on), quarters[-1])


def _quarter(plan: Plan, number: int) -> RoundProposal:
    rule = shipped()["rounds"]["quarter_window"]
    last_month = 3 * number
    before = last_month - 3
    starts_on = (
        date(plan.year, before, rule["starts_on"]) if before else date(plan.year - 1, 12, rule["starts_on"])
    )
    window = (starts_on, date(plan.year, last_month, rule["ends_on"]))
    return _proposal(
        plan,
        "quarterly",
        f"{plan.year}-Q{number}",
        window,
        date(plan.year, last_month, rule["due_on"]),
        quarter=number,
    )


def _proposal(
    plan: Plan,
    kind: str,
    period: str,
    window: tuple[date, date],
    due_on: date,
    *,
    is_before: bool = False,
    quarter: int = 0,
) -> RoundProposal:
    pattern = shipped()["rounds"]["titles"][kind]
    return RoundProposal(
        kind=kind,
        period=period,
        title=pattern.format(
            number=plan.number, year=plan.year, quarter=("", "I", "II", "III", "IV")[quarter]
        ),
        data_from=window[0],
        data_to=window[1],
        due_on=due_on,
        is_due_before=is_before,
        template=template_for(kind, window[1]),
    )
