from loa.core.actions.calendar import add_day, change_day, import_calendar, remove_day
from loa.core.actions.jobs import (
    forget_failed_work,
    give_up_job,
    retry_failed_work,
    retry_job,
    take_job_step,
)
from loa.core.actions.legal import add_rule_version, correct_rule, import_rules

__all__ = [
    "add_day",
    "add_rule_version",
    "change_day",
    "correct_rule",
    "forget_failed_work",
    "give_up_job",
    "import_calendar",
    "import_rules",
    "remove_day",
    "retry_failed_work",
    "retry_job",
    "take_job_step",
]
