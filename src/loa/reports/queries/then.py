"""Rounds and reports as they were before a moment; without one, as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from loa.core.then import state_before
from loa.plans.models import Plan
from loa.plans.queries import Tally
from loa.reports.models import AgencyReport, ReportRound
from loa.reports.queries.due import past_due_on
from loa.reports.queries.visible import HANDED_IN
from loa.reports.states import NOT_OWED_STATES, REPORT, ROUND


@dataclass(frozen=True, slots=True)
class RoundCount:
    """How many reports of a round were handed in, how many of those late, how many are missing."""

    round: int
    agencies: int
    reported: int
    late: int

    @property
    def missing(self) -> int:
        return self.agencies - self.reported


def reports_then(plan: Plan, moment: datetime | None = None) -> QuerySet[Any]:
    """Reports that the bodies of the plan's rounds owe, each with `then_state`."""
    rows = AgencyReport.objects.filter(round__plan=plan)
    if moment is None:
        return rows.annotate(then_state=F("state")).exclude(then_state__in=NOT_OWED_STATES)
    rows = rows.filter(round__opened_at__lt=moment)
    return rows.annotate(then_state=state_before(AgencyReport, REPORT, moment)).exclude(
        then_state__in=NOT_OWED_STATES
    )


def overdue_reports(reports: QuerySet[Any], day: date, moment: datetime | None = None) -> QuerySet[Any]:
    """Never handed in although the day of their open round has passed, as the round's board says it."""
    return reports.filter(_overdue(day, moment))


def _overdue(day: date, moment: datetime | None) -> Q:
    never = Q(first_submitted_at__isnull=True)
    if moment:
        never |= Q(first_submitted_at__gte=moment)
    open_rounds = rounds_then(moment).filter(then_state="open")
    return past_due_on(day) & never & Q(round__in=open_rounds.values("pk"))


def report_tallies(reports: QuerySet[Any], day: date, moment: datetime | None = None) -> dict[int, Tally]:
    """By agency id: handed in on time, handed in late, overdue, not yet asked for. One query."""
    reported, is_overdue = Q(then_state__in=HANDED_IN), _overdue(day, moment)
    rows: Any = (
        reports.order_by()
        .values("agency")
        .annotate(
            done=Count("pk", filter=reported & Q(is_late=False)),
            done_late=Count("pk", filter=reported & Q(is_late=True)),
            late=Count("pk", filter=is_overdue),
            on_schedule=Count("pk", filter=~reported & ~is_overdue),
        )
    )
    return {row.pop("agency"): Tally(**row) for row in rows}


def rounds_then(moment: datetime | None = None) -> QuerySet[Any]:
    """Rounds with `then_state`."""
    if moment is None:
        return ReportRound.objects.annotate(then_state=F("state"))
    rows = ReportRound.objects.filter(opened_at__lt=moment)
    return rows.annotate(then_state=state_before(ReportRound, ROUND, moment))


def handed_in(reports: QuerySet[Any]) -> QuerySet[Any]:
    return reports.filter(then_state__in=HANDED_IN)


def round_counts(reports: QuerySet[Any]) -> dict[int, RoundCount]:
    """By round id, of reports that carry `then_state`. One query."""
    reported = Q(then_state__in=HANDED_IN)
    rows = (
        reports.order_by()
        .values("round")
        .annotate(
            agencies=Count("pk"),
            reported=Count("pk", filter=reported),
            late=Count("pk", filter=reported & Q(is_late=True)),
        )
    )
    return {row["round"]: RoundCount(**row) for row in rows}
