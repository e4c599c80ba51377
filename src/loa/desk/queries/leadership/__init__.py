from loa.desk.queries.leadership.figures import Figures, count_changes, count_figures
from loa.desk.queries.leadership.kept import (
    days_to_close,
    kept_for,
    large_plans,
    moment_to_keep,
    scope_to_keep,
)
from loa.desk.queries.leadership.opening import (
    Leadership,
    gap_words,
    list_scope,
    money_of_agencies,
    open_leadership,
    ranking,
)
from loa.desk.queries.leadership.ranking import BLOCKS, MINIMUM, Ranked, Ranking, on_time_rate, ranking_of
from loa.desk.queries.leadership.red import assignment_days, overdue_days, owed_for_assignment
from loa.desk.queries.leadership.scope import Scope, agency_of_figures, plans_led_by

__all__ = [
    "BLOCKS",
    "MINIMUM",
    "Figures",
    "Leadership",
    "Ranked",
    "Ranking",
    "Scope",
    "agency_of_figures",
    "assignment_days",
    "count_changes",
    "count_figures",
    "days_to_close",
    "gap_words",
    "kept_for",
    "large_plans",
    "list_scope",
    "moment_to_keep",
    "money_of_agencies",
    "on_time_rate",
    "open_leadership",
    "overdue_days",
    "owed_for_assignment",
    "plans_led_by",
    "ranking",
    "ranking_of",
    "scope_to_keep",
]
