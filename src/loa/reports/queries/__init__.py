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
from loa.reports.queries.standing_rules import (
    active_rules_for,
    dry_run,
    due_openings,
    rules_for,
    standing_rules_visible_to,
)
from loa.reports.queries.visible import (
    report_extensions_visible_to,
    consolidations_visible_to,
    reports_visible_to,
    rounds_overseen_by,
    rounds_visible_to,
)

__all__ = [
    "Board",
    "BoardRow",
    "Difference",
    "active_rules_for",
    "agency_paper_facts",
    "board_status",
    "consolidations_visible_to",
    "differences",
    "dry_run",
    "due_openings",
    "evidence_of_report",
    "report_extensions_visible_to",
    "facts_of",
    "figures_of",
    "gather_facts",
    "lines_on_task",
    "missing_in",
    "next_to_accept",
    "owing_agency_ids",
    "own_report",
    "propose_period",
    "propose_round",
    "reports_to_accept",
    "reports_to_write",
    "reports_visible_to",
    "round_board",
    "rounds_listed_for",
    "rounds_of_plan",
    "rounds_overseen_by",
    "rounds_visible_to",
    "rules_for",
    "standing_rules_visible_to",
]
