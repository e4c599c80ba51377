from loa.reports.queries.agency_paper import agency_paper_facts
from loa.reports.queries.board import Board, BoardRow, board_status, round_board
from loa.reports.queries.completeness import missing_in
from loa.reports.queries.differences import Difference, differences
from loa.reports.queries.due import own_report, reports_to_accept, reports_to_write
from loa.reports.queries.evidence import evidence_of_report
from loa.reports.queries.figures import figures_of
from loa.reports.queries.gathering import facts_of, gather_facts
from loa.reports.queries.owing import owing_agency_ids
from loa.reports.queries.proposing import propose_period, propose_round
from loa.reports.queries.rounds import lines_on_task, next_to_accept, rounds_listed_for, rounds_of_plan
from loa.reports.queries.then import (
    RoundCount,
    handed_in,
    overdue_reports,
    report_tallies,
    reports_then,
    round_counts,
    rounds_then,
)
from loa.reports.queries.visible import (
    consolidations_visible_to,
    reports_visible_to,
    rounds_overseen_by,
    rounds_visible_to,
)

__all__ = [
    "Board",
    "BoardRow",
    "Difference",
    "RoundCount",
    "agency_paper_facts",
    "board_status",
    "consolidations_visible_to",
    "differences",
    "evidence_of_report",
    "facts_of",
    "figures_of",
    "gather_facts",
    "handed_in",
    "lines_on_task",
    "missing_in",
    "next_to_accept",
    "overdue_reports",
    "owing_agency_ids",
    "own_report",
    "propose_period",
    "propose_round",
    "report_tallies",
    "reports_then",
    "reports_to_accept",
    "reports_to_write",
    "reports_visible_to",
    "round_board",
    "round_counts",
    "rounds_listed_for",
    "rounds_of_plan",
    "rounds_overseen_by",
    "rounds_then",
    "rounds_visible_to",
]
