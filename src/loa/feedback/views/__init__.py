from loa.feedback.views.cases import case_detail, case_file, case_list
from loa.feedback.views.drafts import case_attach, case_draft, case_draft_save, case_file_remove
from loa.feedback.views.identity import case_identity
from loa.feedback.views.load import case_load
from loa.feedback.views.many import case_many
from loa.feedback.views.shares import share_ask, share_step
from loa.feedback.views.steps import (
    case_ask,
    case_extend,
    case_merge,
    case_officer,
    case_resume,
    case_status,
    case_step,
)
from loa.feedback.views.templates import (
    answer_template_add,
    answer_template_edit,
    answer_template_list,
    answer_template_remove,
)

__all__ = [
    "answer_template_add",
    "answer_template_edit",
    "answer_template_list",
    "answer_template_remove",
    "case_ask",
    "case_attach",
    "case_detail",
    "case_draft",
    "case_draft_save",
    "case_extend",
    "case_file",
    "case_file_remove",
    "case_identity",
    "case_list",
    "case_load",
    "case_many",
    "case_merge",
    "case_officer",
    "case_resume",
    "case_status",
    "case_step",
    "share_ask",
    "share_step",
]
