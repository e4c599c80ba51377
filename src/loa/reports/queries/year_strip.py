"""A year of reporting at a glance: what opens and what falls due, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loa.directory.models import User
from loa.plans.queries import plans_visible_to
from loa.plans.queries.plan import overseen_by, reading_agency
from loa.reports.models import ReportRound
from loa.reports.queries.periods import Laws, periods_of
from loa.reports.queries.standing_rules import is_wanted, shared_rules
from loa.reports.queries.visible import rounds_visible_to


@dataclass(frozen=True, slots=True)
class Mark:
    """`round` is None for what a rule will open."""

    on: date
    kind: str  # opens, due
    period: str
    title: str
    is_due_before: bool
    round: ReportRound | None


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    is_now: bool
    marks: tuple[Mark, ...]


def year_strip(user: User, year: int, today: date) -> list[Month]:
    """Twelve months; empty ones too. Rounds one sees, and what the rules of plans one oversees will open."""
    marks = [*_opened(user, year), *_coming(user, year)]
    marks.sort(key=lambda mark: (mark.on, mark.kind, mark.period))
    return [
        Month(
            number,
            (year, number) == (today.year, today.month),
            tuple(mark for mark in marks if mark.on.month == number),
        )
        for number in range(1, 13)
    ]


def _opened(user: User, year: int) -> Iterator[Mark]:
    for row in rounds_visible_to(user).filter(due_on__year=year).order_by("due_on", "pk"):
        yield Mark(row.due_on, "due", row.period, row.title, row.is_due_before, row)


def _coming(user: User, year: int) -> Iterator[Mark]:
    agency = reading_agency(user)
    if agency is None:
        return
    plans = list(plans_visible_to(user).filter(overseen_by(agency, ""), state="issued", year=year))
    known = set(ReportRound.objects.filter(plan__in=plans).values_list("plan", "kind", "period"))
    laws = Laws()
    for plan, rule in shared_rules(plans):
        for period in periods_of(rule, plan, laws):
            if (plan.pk, period.kind, period.period) in known or not is_wanted(rule, period):
                continue
            title, before = period.title, period.is_due_before
            if period.opens_on.year == year:
                yield Mark(period.opens_on, "opens", period.period, title, False, None)
            if period.due_on.year == year:
                yield Mark(period.due_on, "due", period.period, title, before, None)
