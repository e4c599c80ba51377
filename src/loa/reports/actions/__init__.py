from loa.reports.actions.agency_reports import (
    IncompleteReportError,
    accept_report,
    hand_to_head,
    refresh_line,
    reopen_report,
    return_to_agency,
    return_to_writer,
    save_report,
    submit_report,
)
from loa.reports.actions.consolidations import (
    approve_consolidation,
    attach_signed_copy,
    draft_consolidation,
    hand_consolidation_to_head,
    issue_consolidation,
    return_consolidation,
)
from loa.reports.actions.files import (
    agency_report_file,
    build_report_files,
    consolidated_file,
    facts_for_period,
)
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.actions.reminding import remind_missing
from loa.reports.actions.rounds import close_round, open_round, prefill_round, reopen_round
from loa.reports.actions.sentences import (
    add_sentence,
    drop_sentence,
    edit_sentence,
    move_sentence,
    restore_sentence,
)
from loa.reports.actions.templates import load_templates

__all__ = [
    "IncompleteReportError",
    "accept_report",
    "add_sentence",
    "agency_report_file",
    "approve_consolidation",
    "attach_signed_copy",
    "build_report_files",
    "close_round",
    "consolidated_file",
    "draft_consolidation",
    "drop_sentence",
    "edit_sentence",
    "facts_for_period",
    "hand_consolidation_to_head",
    "hand_to_head",
    "issue_consolidation",
    "load_templates",
    "move_sentence",
    "open_round",
    "prefill_reports",
    "prefill_round",
    "refresh_line",
    "remind_missing",
    "reopen_report",
    "reopen_round",
    "restore_sentence",
    "return_consolidation",
    "return_to_agency",
    "return_to_writer",
    "save_report",
    "submit_report",
]
