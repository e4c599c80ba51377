"""Where each agency's report stands. Listed by name: bodies are never ranked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.reports.models import AgencyReport, ReportRound
from loa.reports.states import REPORT_STATES

BOARD_STATUSES = {"not_started": _("Not started"), **REPORT_STATES}
BOARD_TONES = {
    "not_started": "plain",
    "draft": "run",
    "with_head": "run",
    "submitted": "wait",
    "returned": "soon",
    "accepted": "done",
    "passed_on": "plain",
}


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
    def reported_count(self) -> int:
        return sum(row.status in {"submitted", "accepted"} for row in self.rows)

    @property
    def accepted_count(self) -> int:
        return sum(row.status == "accepted" for row in self.rows)

    @property
    def late_count(self) -> int:
        return sum(row.report.is_late and row.status in {"submitted", "accepted"} for row in self.rows)

    @property
    def missing_count(self) -> int:
        return len(self.rows) - self.reported_count


def round_board(report_round: ReportRound, today: date) -> Board:
    """One query. Content of drafts is not here: only where they stand."""
    owed = report_round.reports.exclude(state="passed_on")
    reports = owed.select_related("agency").order_by("agency__sort_name", "agency_id")
    is_past = report_round.is_late_on(today)
    return Board(tuple(_row(report, is_past=is_past) for report in reports))


def _row(report: AgencyReport, *, is_past: bool) -> BoardRow:
    status = board_status(report)
    handed_in = status in {"submitted", "accepted"}
    return BoardRow(report, report.agency, status, is_past and report.first_submitted_at is None, handed_in)
