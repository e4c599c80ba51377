from loa.core.queries.calendar import COLUMNS as CALENDAR_COLUMNS
from loa.core.queries.calendar import REQUIRED as CALENDAR_REQUIRED
from loa.core.queries.calendar import (
    calendar_changes,
    calendar_days,
    calendar_years,
    history_of_day,
    preview_calendar,
    reach,
    values_of,
    why_not_day,
    why_not_years,
)
from loa.core.queries.jobs import (
    failed_rows,
    failed_work,
    job_steps,
    jobs_visible_to,
    machinery,
    manages_jobs,
)
from loa.core.queries.legal import COLUMNS as RULE_COLUMNS
from loa.core.queries.legal import REQUIRED as RULE_REQUIRED
from loa.core.queries.legal import (
    exported_rules,
    in_words,
    legal_rules,
    preview_rules,
    read_value,
    rule_name,
    told_values,
    versions_of,
)

__all__ = [
    "CALENDAR_COLUMNS",
    "CALENDAR_REQUIRED",
    "RULE_COLUMNS",
    "RULE_REQUIRED",
    "calendar_changes",
    "calendar_days",
    "calendar_years",
    "exported_rules",
    "failed_rows",
    "failed_work",
    "history_of_day",
    "in_words",
    "job_steps",
    "jobs_visible_to",
    "legal_rules",
    "machinery",
    "manages_jobs",
    "preview_calendar",
    "preview_rules",
    "reach",
    "read_value",
    "rule_name",
    "told_values",
    "values_of",
    "versions_of",
    "why_not_day",
    "why_not_years",
]
