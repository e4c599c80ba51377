from loa.core.views.calendar import (
    calendar_change,
    calendar_change_list,
    calendar_import,
    calendar_import_apply,
    calendar_list,
    day_add,
    day_change,
    day_detail,
    day_remove,
)
from loa.core.views.jobs import failed_work_forget, failed_work_retry, job_detail, job_list, job_step
from loa.core.views.legal import (
    rule_add,
    rule_correct,
    rule_detail,
    rule_export,
    rule_import,
    rule_import_apply,
    rule_list,
)
from loa.core.views.live import live, live_since
from loa.core.views.plain import broken, deadline_explain, forbidden, language, not_found

__all__ = [
    "broken",
    "calendar_change",
    "calendar_change_list",
    "calendar_import",
    "calendar_import_apply",
    "calendar_list",
    "day_add",
    "day_change",
    "day_detail",
    "day_remove",
    "deadline_explain",
    "failed_work_forget",
    "failed_work_retry",
    "forbidden",
    "job_detail",
    "job_list",
    "job_step",
    "language",
    "live",
    "live_since",
    "not_found",
    "rule_add",
    "rule_correct",
    "rule_detail",
    "rule_export",
    "rule_import",
    "rule_import_apply",
    "rule_list",
]
