from loa.plans.views.agency import agency_work
from loa.plans.views.answer import explanation_give, extension_step, occurrence_step, request_step
from loa.plans.views.assignment import (
    assignment_detail,
    assignment_list,
    assignment_officer,
    assignment_step,
    explanation_ask,
    extension_ask,
)
from loa.plans.views.board import plan_board, plan_coverage, plan_timeline
from loa.plans.views.calendar import calendar_feed, plan_calendar
from loa.plans.views.duty import duty_assignment_detail
from loa.plans.views.evidence import (
    assignment_evidence,
    deliverable_download,
    deliverable_withdraw,
    duty_evidence,
)
from loa.plans.views.plan import duty_list, plan_detail, plan_list
from loa.plans.views.task import occurrence_add, target_enter, task_classify, task_detail, task_list

__all__ = [
    "agency_work",
    "assignment_detail",
    "assignment_evidence",
    "assignment_list",
    "assignment_officer",
    "assignment_step",
    "calendar_feed",
    "deliverable_download",
    "deliverable_withdraw",
    "duty_assignment_detail",
    "duty_evidence",
    "duty_list",
    "explanation_ask",
    "explanation_give",
    "extension_ask",
    "extension_step",
    "occurrence_add",
    "occurrence_step",
    "plan_board",
    "plan_calendar",
    "plan_coverage",
    "plan_detail",
    "plan_list",
    "plan_timeline",
    "request_step",
    "target_enter",
    "task_classify",
    "task_detail",
    "task_list",
]
