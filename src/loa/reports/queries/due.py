"""An agency's reports that wait for it, and those that wait for who accepts them."""

from __future__ import annotations

from datetime import date

from django.db.models import BooleanField, Case, DateField, F, Q, QuerySet, Value, When

from loa.directory.models import User
from loa.directory.queries import itself_and_left_to
from loa.plans.queries import accepted_by
from loa.reports.models import AgencyReport, ReportRound

_EXTENDED = Q(extended_due_on__isnull=False, extended_due_on__gt=F("round__due_on"))
# for `annotate`: the day on which a body's own report is due, and whether that day is already too late
OWN_DUE_ON = Case(
    When(_EXTENDED, then=F("extended_due_on")), default=F("round__due_on"), output_field=DateField()
)
OWN_IS_BEFORE = Case(
    When(_EXTENDED, then=Value(False)), default=F("round__is_due_before"), output_field=BooleanField()
)


def past_due_on(day: date) -> Q:
    """Reports whose own due day is over on a day, as `AgencyReport.is_late_on` says it."""
    of_round = Q(round__due_on__lt=day) | Q(round__due_on=day, round__is_due_before=True)
    not_extended = Q(extended_due_on__isnull=True) | Q(extended_due_on__lte=F("round__due_on"))
    return (_EXTENDED & Q(extended_due_on__lt=day)) | (not_extended & of_round)


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
