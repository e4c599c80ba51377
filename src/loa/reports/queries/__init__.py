from loa.reports.queries.agency_paper import agency_paper_facts
from loa.reports.queries.board import (
    Board,
    BoardRow,
    board_counts,
    board_rows,
    board_status,
    progress_by_day,
    round_board,
)
from loa.reports.queries.completeness import missing_in
from loa.reports.queries.differences import Difference, differences
from loa.reports.queries.due import own_report, reports_to_accept, reports_to_write
from loa.reports.queries.evidence import evidence_of_report
from loa.reports.queries.figure_tables import table_row, tables_of
from loa.reports.queries.figures import figures_of
from loa.reports.queries.gathering import facts_of, gather_facts
from loa.reports.queries.owing import owing_agency_ids
from loa.reports.queries.proposing import propose_period, propose_round, unread_rows
from loa.reports.queries.regrouping import as_it_is, heirs_on
from loa.reports.queries.rounds import lines_on_task, next_to_accept, rounds_listed_for, rounds_of_plan
from loa.reports.queries.standing_rules import (
    active_rules_for,
    counted_days_of,
    dry_run,
    due_openings,
    plans_of_rule,
    rules_for,
    standing_rules_visible_to,
)
from loa.reports.queries.templates import tables_in, templates_listed_for
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
    attachments_visible_to,
    comments_visible_to,
    consolidations_visible_to,
    earlier_issues_visible_to,
    open_rounds,
    report_extensions_visible_to,
    reports_accepted_by,
    reports_visible_to,
    rounds_overseen_by,
    rounds_visible_to,
    templates_visible_to,
)
from loa.reports.queries.year_strip import year_strip

__all__ = [
    "Board",
    "BoardRow",
    "Difference",
    "RoundCount",
    "active_rules_for",
    "agency_paper_facts",
    "as_it_is",
    "attachments_visible_to",
    "board_counts",
    "board_rows",
    "board_status",
    "comments_visible_to",
    "consolidations_visible_to",
    "counted_days_of",
    "differences",
    "dry_run",
    "due_openings",
    "earlier_issues_visible_to",
    "evidence_of_report",
    "facts_of",
    "figures_of",
    "gather_facts",
    "handed_in",
    "heirs_on",
    "lines_on_task",
    "missing_in",
    "next_to_accept",
    "open_rounds",
    "overdue_reports",
    "owing_agency_ids",
    "own_report",
    "plans_of_rule",
    "progress_by_day",
    "propose_period",
    "propose_round",
    "report_extensions_visible_to",
    "report_tallies",
    "reports_accepted_by",
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
    "rules_for",
    "standing_rules_visible_to",
    "table_row",
    "tables_in",
    "tables_of",
    "templates_listed_for",
    "templates_visible_to",
    "unread_rows",
    "year_strip",
]
