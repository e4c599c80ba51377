from loa.reports.views.attachments import attachment_download, attachment_remove, report_attach
from loa.reports.views.comments import comment_add, comment_detail, comment_step, report_explanation_ask
from loa.reports.views.consolidations import (
    consolidation_detail,
    consolidation_download,
    consolidation_draft,
    consolidation_preview,
    consolidation_step,
    difference_list,
    figure_detail,
    figure_list,
    signed_copy,
    signed_copy_download,
)
from loa.reports.views.figures import report_figure, table_figure
from loa.reports.views.issues import issue_download, issue_list
from loa.reports.views.reports import (
    line_refresh,
    report_detail,
    report_download,
    report_edit,
    report_save,
    report_step,
)
from loa.reports.views.rounds import (
    plan_rounds,
    round_detail,
    round_list,
    round_mine,
    round_open,
    round_step,
    task_reported,
)
from loa.reports.views.sentences import sentence_act, sentence_add, sentence_edit
from loa.reports.views.templates import template_change, template_copy, template_detail, template_list

__all__ = [
    "attachment_download",
    "attachment_remove",
    "comment_add",
    "comment_detail",
    "comment_step",
    "consolidation_detail",
    "consolidation_download",
    "consolidation_draft",
    "consolidation_preview",
    "consolidation_step",
    "difference_list",
    "figure_detail",
    "figure_list",
    "issue_download",
    "issue_list",
    "line_refresh",
    "plan_rounds",
    "report_attach",
    "report_detail",
    "report_download",
    "report_edit",
    "report_explanation_ask",
    "report_figure",
    "report_save",
    "report_step",
    "round_detail",
    "round_list",
    "round_mine",
    "round_open",
    "round_step",
    "sentence_act",
    "sentence_add",
    "sentence_edit",
    "signed_copy",
    "signed_copy_download",
    "table_figure",
    "task_reported",
    "template_change",
    "template_copy",
    "template_detail",
    "template_list",
]
