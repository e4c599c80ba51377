"""What a round would be: by the plan's standing rules, then by what the plan prints, then by the law in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loa.plans.models import Plan, ReportingRule
from loa.reports.models import ReportTemplate, StandingRule
from loa.reports.queries.periods import Laws, Period, periods_of
from loa.reports.queries.shipped import shipped
from loa.reports.queries.standing_rules import active_rules_for

_ONE_DAY = timedelta(days=1)
_DAYS_AHEAD = 5  # a report asked for before a day is asked for that long before it
_PAR_WORDS = ("cchc", "cải cách hành chính")
Kind = StandingRule.Kind


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


def template_for(kind: str, day: date, code: str = "") -> ReportTemplate | None:
    """The outline for a kind of round in force on a day: the latest begun by then.

    A kind without an outline of its own takes the one that stands in for it.
    """
    stand_in = shipped()["rounds"]["outlines"].get(kind, "")
    templates = ReportTemplate.objects.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    for wanted in filter(None, (code, f"communication_{kind}", stand_in)):
        found = templates.filter(code=wanted).order_by("-valid_from").first()
        if found is not None:
            return found
    return None


def propose_round(plan: Plan, today: date, kind: str = "") -> RoundProposal:
    """The round to open next, to be looked at and corrected by a person.

    Of a kind that no rule knows the round begins with the year and ends on the day before today.
    """
    recurrences = set(plan.reporting_rules.values_list("recurrence", flat=True))
    kind = kind or ("yearly" if "yearly" in recurrences or not recurrences else "ad_hoc")
    periods = [period for period in _candidates(plan) if period.kind == kind]
    if not periods:
        return _by_hand(plan, today, kind if kind == "thematic" else "ad_hoc")
    if kind == "yearly":
        return _proposal(periods[0])
    return _proposal(next((period for period in periods if today <= period.due_on), periods[-1]))


def propose_period(plan: Plan, period: str) -> RoundProposal:
    """The round of a named period: "2019", "2019-Q1", "2019-H1", "2019-M05", "2019-CCHC".

    Raises LookupError where the plan has no such period.
    """
    for found in _candidates(plan):
        if found.period == period:
            return _proposal(found)
    raise LookupError(f"Kế hoạch {plan.number} không có kỳ báo cáo {period}. / The plan has no such period.")


def _candidates(plan: Plan) -> list[Period]:
    """Each period once, by due day: of several that give it the nearest to the plan wins."""
    laws, found = Laws(), dict[tuple[str, str], Period]()
    for rule in (*active_rules_for(plan), *_printed(plan), *_of_the_law(plan)):
        for period in periods_of(rule, plan, laws):
            found.setdefault((period.kind, period.period), period)
    return sorted(found.values(), key=lambda period: ("-" in period.period, period.due_on))


def _printed(plan: Plan) -> list[StandingRule]:
    return [rule for row in plan.reporting_rules.all() if (rule := read_rule(row))]


def _of_the_law(plan: Plan) -> list[StandingRule]:
    kinds = (Kind.YEARLY, Kind.PAR, Kind.QUARTERLY, Kind.HALF_YEARLY, Kind.MONTHLY)
    return [StandingRule(plan=plan, asker_id=plan.coordinator_id, kind=kind) for kind in kinds]


def read_rule(row: ReportingRule) -> StandingRule | None:
    """What a printed rule means as a standing one, unsaved; None where it names no period to count by."""
    rule = StandingRule(
        state="proposed",
        plan=row.plan,
        asker_id=row.plan.coordinator_id,
        receiver=row.to if row.to_id != row.plan.coordinator_id else None,
        source=row,
    )
    printed = row.due_on.strftime("%m-%d") if row.due_on else row.month_day
    if row.recurrence in {"yearly", "once"} and printed:
        rule.kind = Kind.YEARLY if row.recurrence == "yearly" else Kind.THEMATIC
        rule.has_own_window, rule.window_from, rule.due_month_day = True, "01-01", printed
        rule.is_due_before, rule.shift = row.is_before, "none" if row.is_before else "next"
        rule.opens_days_before = _DAYS_AHEAD
        rule.title = "" if rule.kind == Kind.YEARLY else "Kết quả thực hiện nhiệm vụ"
        rule.legal_basis = f"{row.plan.number}: {row.when_text}"[:300]
        return rule
    if row.recurrence in {"quarterly", "yearly", "monthly"}:
        rule.kind = row.recurrence
        if row.recurrence == "quarterly" and any(word in row.when_text.lower() for word in _PAR_WORDS):
            rule.kind = Kind.PAR
        return rule
    return None


def unread_rows(plan: Plan) -> list[ReportingRule]:
    """Printed rules without a standing one that name a period to count by."""
    rows = plan.reporting_rules.filter(standing_rule__isnull=True).select_related("plan", "to")
    return [row for row in rows if read_rule(row)]


def _by_hand(plan: Plan, today: date, kind: str) -> RoundProposal:
    first = date(plan.year, 1, 1)
    data_to = max(today - _ONE_DAY, first)
    title = shipped()["rounds"]["titles"][kind].format(number=plan.number)
    return RoundProposal(
        kind, today.isoformat(), title, first, data_to, today, False, template_for(kind, data_to)
    )


def _proposal(period: Period) -> RoundProposal:
    return RoundProposal(
        kind=period.kind,
        period=period.period,
        title=period.title,
        data_from=period.data_from,
        data_to=period.data_to,
        due_on=period.due_on,
        is_due_before=period.is_due_before,
        template=template_for(period.kind, period.data_to),
    )
