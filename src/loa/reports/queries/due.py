"""An agency's reports that wait for it, and those that wait for who accepts them."""

from __future__ import annotations

from django.db.models import QuerySet

from loa.directory.models import User
from loa.directory.queries import itself_and_left_to
from loa.plans.queries import accepted_by
from loa.reports.models import AgencyReport, ReportRound


def reports_to_write(user: User) -> QuerySet[AgencyReport]:
    """One's own agency's open reports, the one due first at the top."""
    if not user.hat or not user.hat.holds("focal_point", "head"):
        return AgencyReport.objects.none()
    own = itself_and_left_to(user.hat.agency)  # a report returned to a body that ended is its successor's
    rows = AgencyReport.objects.filter(agency__in=own, state__in=("draft", "returned", "with_head"))
    return rows.exclude(round__state="closed", first_submitted_at__isnull=True).order_by(
        "round__due_on", "pk"
    )


def reports_to_accept(user: User) -> QuerySet[AgencyReport]:
    """Handed in and waiting for a yes: the coordinator's own waits for the office."""
    if not user.hat or not user.hat.holds("focal_point", "head"):
        return AgencyReport.objects.none()
    waits = accepted_by(user.hat.agency, plan="round__plan")
    return AgencyReport.objects.filter(waits, state="submitted").order_by("submitted_at", "pk")


def own_report(user: User, report_round: ReportRound) -> AgencyReport | None:
    """The report that one's agency owes in a round."""
    if not user.hat:
        return None
    return AgencyReport.objects.filter(round=report_round, agency=user.hat.agency).first()
