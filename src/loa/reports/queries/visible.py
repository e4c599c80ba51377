"""Who sees what of reports. A draft is its agency's own; what was handed in is for who answers for the plan.

A successor sees the reports of the body it carries on.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.directory.models import Agency, User
from loa.directory.queries import itself_and_predecessors
from loa.plans.models import PlanBody
from loa.plans.queries import accepted_by
from loa.plans.queries.plan import overseen_by, reading_agency
from loa.reports.models import (
    AgencyReport,
    Consolidation,
    EarlierIssue,
    ReportAttachment,
    ReportComment,
    ReportExtension,
    ReportRound,
    ReportTemplate,
)

HANDED_IN = ("submitted", "accepted")


def _named(plan: str, agency: Agency) -> Exists:
    return Exists(PlanBody.objects.filter(plan=OuterRef(plan), agency__in=itself_and_predecessors(agency)))


def rounds_visible_to(user: User) -> QuerySet[ReportRound]:
    """Of plans in which one's agency is named, and rounds in which it owes a report."""
    agency = reading_agency(user)
    if agency is None:
        return ReportRound.objects.none()
    owes = Exists(
        AgencyReport.objects.filter(round=OuterRef("pk"), agency__in=itself_and_predecessors(agency))
    )
    return ReportRound.objects.filter(overseen_by(agency, "plan__") | Q(owes) | Q(_named("plan", agency)))


def open_rounds() -> QuerySet[ReportRound]:
    """Rounds whose due day still matters."""
    return ReportRound.objects.filter(state="open").select_related("plan__coordinator")


def rounds_overseen_by(user: User) -> QuerySet[ReportRound]:
    """Rounds whose whole board one sees: the coordinator's, the issuer's, the accepting office's."""
    agency = reading_agency(user)
    if agency is None:
        return ReportRound.objects.none()
    return ReportRound.objects.filter(overseen_by(agency, "plan__"))


def reports_visible_to(user: User) -> QuerySet[AgencyReport]:
    """One's own agency's; another's once it is handed in, for who oversees the plan."""
    agency = reading_agency(user)
    if agency is None:
        return AgencyReport.objects.none()
    handed_in = Q(state__in=HANDED_IN) & overseen_by(agency, "round__plan__")
    return AgencyReport.objects.filter(Q(agency__in=itself_and_predecessors(agency)) | handed_in)


def consolidations_visible_to(user: User) -> QuerySet[Consolidation]:
    """In the making: who oversees the plan. Issued: every body named in the plan."""
    agency = reading_agency(user)
    if agency is None:
        return Consolidation.objects.none()
    issued = Q(state="issued") & Q(_named("round__plan", agency))
    return Consolidation.objects.filter(overseen_by(agency, "round__plan__") | issued)


def earlier_issues_visible_to(user: User) -> QuerySet[EarlierIssue]:
    """Issued papers: whoever oversees the plan and every body named in it, also while a new one is drafted."""
    agency = reading_agency(user)
    if agency is None:
        return EarlierIssue.objects.none()
    plan = "consolidation__round__plan"
    return EarlierIssue.objects.filter(overseen_by(agency, f"{plan}__") | Q(_named(plan, agency)))


def reports_accepted_by(user: User) -> QuerySet[AgencyReport]:
    """Reports this person's agency writes or accepts, handed in or not: who may be asked, not what it says."""
    agency = reading_agency(user)
    if agency is None:
        return AgencyReport.objects.none()
    return AgencyReport.objects.filter(
        Q(agency__in=itself_and_predecessors(agency)) | accepted_by(agency, plan="round__plan")
    )


def comments_visible_to(user: User) -> QuerySet[ReportComment]:
    """Both sides only: who writes the report and who accepts it, also while it is being written again."""
    return ReportComment.objects.filter(report__in=reports_accepted_by(user))


def attachments_visible_to(user: User, *, with_removed: bool = False) -> QuerySet[ReportAttachment]:
    rows = ReportAttachment.objects.filter(report__in=reports_visible_to(user))
    return rows if with_removed else rows.filter(removed_at__isnull=True)


def templates_visible_to(user: User) -> QuerySet[ReportTemplate]:
    """Outlines are no secret to anybody who acts for an agency."""
    return ReportTemplate.objects.all() if user.hat else ReportTemplate.objects.none()


def report_extensions_visible_to(user: User) -> QuerySet[ReportExtension]:
    """What bodies ask of who oversees the plan, and of one's own body."""
    agency = reading_agency(user)
    if agency is None:
        return ReportExtension.objects.none()
    return ReportExtension.objects.filter(
        Q(report__agency=agency) | overseen_by(agency, "report__round__plan__")
    )
