from loa.reports.actions.agency_reports import (
    IncompleteReportError,
    accept_report,
    hand_to_head,
    recount_figures,
    refresh_line,
    reopen_report,
    return_to_agency,
    return_to_writer,
    save_report,
    submit_report,
)
from loa.reports.actions.attachments import attach_to_report, remove_attachment
from loa.reports.actions.comments import (
    ask_report_explanation,
    comment_on_report,
    reopen_comment,
    reply_to_comment,
    resolve_comment,
)
from loa.reports.actions.consolidations import (
    approve_consolidation,
    attach_signed_copy,
    hand_consolidation_to_head,
    issue_consolidation,
    reopen_consolidation,
    return_consolidation,
)
from loa.reports.actions.drafting import draft_by_job, draft_consolidation, draft_or_queue
from loa.reports.actions.files import (
    agency_report_file,
    build_report_files,
    consolidated_file,
    facts_for_period,
)
from loa.reports.actions.prefilling import prefill_reports
from loa.reports.actions.rounds import close_round, open_round, prefill_round, reopen_round
from loa.reports.actions.sentences import (
    add_sentence,
    drop_sentence,
    edit_sentence,
    move_sentence,
    restore_sentence,
)
from loa.reports.actions.templates import change_template, copy_template, load_templates

__all__ = [
    "IncompleteReportError",
    "accept_report",
    "add_sentence",
    "agency_report_file",
    "approve_consolidation",
    "ask_report_explanation",
    "attach_signed_copy",
    "attach_to_report",
    "build_report_files",
    "change_template",
    "close_round",
    "comment_on_report",
    "consolidated_file",
    "copy_template",
    "draft_by_job",
    "draft_consolidation",
    "draft_or_queue",
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
    "recount_figures",
    "refresh_line",
    "remove_attachment",
    "reopen_comment",
    "reopen_consolidation",
    "reopen_report",
    "reopen_round",
    "reply_to_comment",
    "resolve_comment",
    "restore_sentence",
    "return_consolidation",
    "return_to_agency",
    "return_to_writer",
    "save_report",
    "submit_report",
]
