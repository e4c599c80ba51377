"""Where each agency's report stands. Listed by name: bodies are never ranked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from loa.core import clock
from loa.directory.models import Agency
from loa.reports.models import AgencyReport, ReportExtension, ReportRound
from loa.reports.queries.due import past_due_on
from loa.reports.states import NOT_OWED_STATES, REPORT_STATES

BOARD_STATUSES = {"not_started": _("Not started"), **REPORT_STATES}
BOARD_TONES = {
    "not_started": "plain",
    "draft": "run",
    "with_head": "run",
    "submitted": "wait",
    "returned": "soon",
    "accepted": "done",
    "excused": "plain",
    "passed_on": "plain",
}
HANDED_IN = ("submitted", "accepted")


def board_status(report: AgencyReport) -> str:
    """The state, but a draft that nobody has saved is not started."""
    return "not_started" if report.state == "draft" and report.version == 0 else report.state


@dataclass(frozen=True, slots=True)
class BoardRow:
    report: AgencyReport
    agency: Agency
    status: str
    is_overdue: bool  # not handed in although the day has passed
    is_readable: bool  # its words may be read by who sees the board

    @property
    def label(self) -> str:
        return str(BOARD_STATUSES[self.status])

    @property
    def tone(self) -> str:
        return "late" if self.is_overdue else BOARD_TONES[self.status]


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[BoardRow, ...]

    @property
    def ordered(self) -> list[BoardRow]:
        return [row for row in self.rows if not row.agency.is_political]

    @property
    def asked(self) -> list[BoardRow]:
        return [row for row in self.rows if row.agency.is_political]

    @property
    def counts(self) -> list[tuple[str, str, str, int]]:
        """(status, label, tone, how many), in the order of the way a report goes."""
        found = Counter(row.status for row in self.rows)
        return [
            (key, str(label), BOARD_TONES[key], found[key])
            for key, label in BOARD_STATUSES.items()
            if key != "passed_on"
        ]

    @property
    def owing_count(self) -> int:
        """Who is excused owes nothing."""
        return sum(row.status != "excused" for row in self.rows)

    @property
    def reported_count(self) -> int:
        return sum(row.status in HANDED_IN for row in self.rows)

    @property
    def accepted_count(self) -> int:
        return sum(row.status == "accepted" for row in self.rows)

    @property
    def late_count(self) -> int:
        return sum(row.report.is_late and row.status in HANDED_IN for row in self.rows)

    @property
    def missing_count(self) -> int:
        return self.owing_count - self.reported_count


def round_board(report_round: ReportRound, today: date) -> Board:
    """One query. Content of drafts is not here: only where they stand."""
    rows = report_round.reports.exclude(state="passed_on")
    reports = rows.select_related("agency").order_by("agency__sort_name", "agency_id")
    return Board(tuple(_row(report, report_round, today) for report in reports))


def _row(report: AgencyReport, report_round: ReportRound, today: date) -> BoardRow:
    report.round = report_round
    status = board_status(report)
    owes = status != "excused" and report.first_submitted_at is None
    return BoardRow(report, report.agency, status, owes and report.is_late_on(today), status in HANDED_IN)


def board_rows(report_round: ReportRound, today: date) -> QuerySet[AgencyReport]:
    """The same board as rows to filter and sort: with `status`, `is_overdue`, `asks_time`."""
    status = Case(
        When(state="draft", version=0, then=Value("not_started")),
        default=F("state"),
        output_field=CharField(),
    )
    waiting = ReportExtension.objects.filter(report=OuterRef("pk"), state="asked")
    return (
        AgencyReport.objects.filter(round=report_round)
        .exclude(state="passed_on")
        .select_related("agency", "round")
        .annotate(
            status=status,
            is_overdue=Case(
                When(_overdue(today), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
            asks_time=Exists(waiting),
        )
        .order_by("agency__sort_name", "agency_id")
    )


def _overdue(today: date) -> Q:
    """Nothing handed in although the body's own day has passed."""
    return Q(first_submitted_at__isnull=True) & ~Q(state__in=NOT_OWED_STATES) & past_due_on(today)


@dataclass(frozen=True, slots=True)
class BoardCount:
    """`query` is the filter of the board that shows exactly these rows."""

    label: str
    query: str
    tone: str
    count: int


def board_counts(report_round: ReportRound, today: date) -> list[BoardCount]:
    """One query: all, each status, then who was late and who is overdue or asks for more time."""
    rows = board_rows(report_round, today).order_by()
    flags = {
        "late": (_("Late"), "late", Q(is_late=True)),
        "overdue": (_("Overdue"), "late", Q(is_overdue=True)),
        "asks_time": (_("Asks for more time"), "soon", Q(asks_time=True)),
    }
    sums = {f"status_{key}": Count("pk", filter=Q(status=key)) for key in BOARD_STATUSES}
    found = rows.aggregate(
        all=Count("pk"), **sums, **{f"flag_{key}": Count("pk", filter=flag[2]) for key, flag in flags.items()}
    )
    return [
        BoardCount(str(_("All")), "", "plain", found["all"]),
        *(
            BoardCount(str(label), f"status={key}", BOARD_TONES[key], found[f"status_{key}"])
            for key, label in BOARD_STATUSES.items()
            if key != "passed_on"
        ),
        *(
            BoardCount(str(label), f"late={key}", tone, found[f"flag_{key}"])
            for key, (label, tone, _flag) in flags.items()
        ),
    ]


@dataclass(frozen=True, slots=True)
class DayCount:
    """How far the round was at the end of a day."""

    on: date
    submitted: int
    accepted: int
    is_due_day: bool


def progress_by_day(report_round: ReportRound, today: date) -> list[DayCount]:
    """The days on which something came in or was accepted, and the due day, counted up. One query."""
    moments = list(
        report_round.reports.exclude(state__in=NOT_OWED_STATES).values_list(
            "first_submitted_at", "accepted_at"
        )
    )
    submitted = Counter(_local(first) for first, _accepted in moments if first)
    accepted = Counter(_local(moment) for _first, moment in moments if moment)
    days = sorted({*submitted, *accepted, *([report_round.due_on] if report_round.due_on <= today else [])})
    return [
        DayCount(
            on=day,
            submitted=sum(count for on, count in submitted.items() if on <= day),
            accepted=sum(count for on, count in accepted.items() if on <= day),
            is_due_day=day == report_round.due_on,
        )
        for day in days
    ]


def _local(moment: datetime) -> date:
    return clock.day_of(moment)
