"""Lists of rounds as people see them."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from loa.directory.models import User
from loa.plans.models import Plan
from loa.plans.queries.plan import reading_agency
from loa.reports.models import AgencyReport, ReportLine, ReportRound
from loa.reports.queries.visible import reports_visible_to, rounds_overseen_by, rounds_visible_to
from loa.reports.states import NOT_OWED_STATES


def rounds_listed_for(user: User) -> QuerySet[ReportRound]:
    """Visible rounds with `our_state`, `our_version`, `is_overseen`, `report_count`, `reported_count`."""
    agency = reading_agency(user)
    ours = AgencyReport.objects.filter(round=OuterRef("pk"), agency=agency)
    return (
        rounds_visible_to(user)
        .select_related("plan")
        .annotate(
            our_state=Subquery(ours.values("state")[:1]),
            our_version=Subquery(ours.values("version")[:1]),
            is_overseen=Exists(rounds_overseen_by(user).filter(pk=OuterRef("pk"))),
            report_count=Count("reports", filter=~Q(reports__state__in=NOT_OWED_STATES), distinct=True),
            reported_count=Count(
                "reports", filter=Q(reports__state__in=("submitted", "accepted")), distinct=True
            ),
        )
    )


def rounds_of_plan(user: User, plan: Plan) -> QuerySet[ReportRound]:
    return rounds_listed_for(user).filter(plan=plan)


def lines_on_task(user: User, task_id: int) -> QuerySet[ReportLine]:
    """What agencies reported on a task, as far as this person may read it."""
    return ReportLine.objects.filter(
        assignment__task=task_id, report__in=reports_visible_to(user)
    ).select_related("report__round", "report__agency")


def next_to_accept(report: AgencyReport) -> AgencyReport | None:
    """The next report of the round that waits for a yes from the same agency."""
    plan = report.round.plan
    waiting = AgencyReport.objects.filter(round=report.round, state="submitted").exclude(pk=report.pk)
    own = report.agency_id == plan.coordinator_id
    if own:
        return None
    return (
        waiting.exclude(agency=plan.coordinator_id).select_related("agency").order_by("submitted_at").first()
    )
