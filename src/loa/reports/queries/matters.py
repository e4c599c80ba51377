"""Reports that are owed, and reports that wait to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.channels.queries import Announceable, Matter, MatterSource
from loa.core.text import format_date
from loa.plans.queries import accepted_by
from loa.plans.queries.matters import NEVER_BEFORE
from loa.plans.queries.plan import overseen_by, reading_agency
from loa.reports.models import AgencyReport, Consolidation, ReportRound
from loa.reports.queries.due import OWN_DUE_ON, OWN_IS_BEFORE
from loa.reports.queries.visible import consolidations_visible_to, reports_visible_to

_OWED_STATES = ("draft", "with_head", "returned")


def _reports() -> QuerySet[AgencyReport]:
    return AgencyReport.objects.select_related("round__plan", "agency").annotate(
        due=OWN_DUE_ON,
        is_before=OWN_IS_BEFORE,
        since=TruncDate("round__opened_at"),
        answered=F("late_reason"),
    )


def _owed() -> QuerySet[AgencyReport]:
    return _reports().filter(round__state="open", state__in=_OWED_STATES)


def _report_matter(row: Any) -> Matter:
    plan = row.round.plan
    own = row.agency_id == plan.coordinator_id
    return Matter(
        obj=row,
        kind="report",
        title=row.round.title,
        url=reverse("reports:round_mine", args=[row.round_id]),
        agency=row.agency,
        asker_id=plan.accepting_office_id if own else plan.coordinator_id,
        due_on=row.due,
        is_before=row.is_before,
        leader_id=plan.issuer_id,
        context=plan.number,
    )


def _visible(user: Any, rows: QuerySet) -> QuerySet:
    """Who reads the report, as a successor too; and who sees the board: being reminded is no secret of a draft."""
    agency = reading_agency(user)
    read = Q(pk__in=reports_visible_to(user).values("pk"))
    return rows.filter(read | overseen_by(agency, "round__plan__")) if agency else rows.none()


def _handed_in() -> QuerySet[AgencyReport]:
    related = ("round__plan__coordinator", "round__plan__accepting_office", "agency")
    rows = AgencyReport.objects.filter(submitted_at__isnull=False).select_related(*related)
    return rows.annotate(
        due=TruncDate("submitted_at"),
        is_before=NEVER_BEFORE,
        since=TruncDate("submitted_at"),
        answered=Value("", output_field=TextField()),
    )


def _unread() -> QuerySet[AgencyReport]:
    return _handed_in().filter(state="submitted")


def _reading_matter(row: Any) -> Matter:
    plan = row.round.plan
    own = row.agency_id == plan.coordinator_id
    return Matter(
        obj=row,
        kind="report_reading",
        title=f"{row.round.title} – {row.agency}",
        url=row.get_absolute_url(),
        agency=plan.accepting_office if own else plan.coordinator,
        asker_id=row.agency_id,
        due_on=row.due,
        is_waiting=True,
        leader_id=plan.issuer_id,
        context=plan.number,
    )


def _readings_overseen(user: Any, rows: QuerySet) -> QuerySet:
    agency = reading_agency(user)
    return rows.filter(accepted_by(agency, plan="round__plan") | Q(agency=agency)) if agency else rows.none()


MATTERS = (
    MatterSource(
        kind="report",
        label=_("Reports owed"),
        rows=_reports,
        open_rows=_owed,
        matter=_report_matter,
        visible_to=_visible,
        overseen_by=_visible,
        list_url=lambda: reverse("reports:round_list"),
    ),
    MatterSource(
        kind="report_reading",
        label=_("Reports to read"),
        rows=_handed_in,
        open_rows=_unread,
        matter=_reading_matter,
        visible_to=_visible,
        overseen_by=_readings_overseen,
        list_url=lambda: reverse("reports:round_list"),
        is_waiting=True,
    ),
)


def missing_reports(report_round: ReportRound) -> Sequence[Matter]:
    """The reports of an open round that are not handed in, as matters to remind of."""
    return [_report_matter(row) for row in _owed().filter(round=report_round)]


def _issued(user: Any) -> QuerySet[Consolidation]:
    return (
        consolidations_visible_to(user)
        .filter(state="issued")
        .select_related("round__plan__coordinator", "document")
    )


def _draft(consolidation: Consolidation) -> tuple[str, str]:
    plan, paper = consolidation.round.plan, consolidation.document
    number = f" số {paper.printed_number}" if paper else ""
    day = f" ngày {format_date(paper.issued_on)}" if paper and paper.issued_on else ""
    about = f"Báo cáo{number}{day}"
    text = f"{consolidation.round.title}\n\n{about} của {plan.coordinator} về kết quả thực hiện {plan.number}: {plan.title}."
    return consolidation.round.title, text


REPORT_ANNOUNCEMENT = Announceable(
    kind="consolidation",
    label=_("Consolidated report"),
    visible_to=_issued,
    permission="reports.announce_consolidation",
    draft=_draft,
)
