from loa.feedback.queries.asking import (
    cases_to_purge,
    data_requests_visible_to,
    may_be_rated,
    may_be_withdrawn,
    reopen_until,
    rule_if_any,
)
from loa.feedback.queries.opening import case_opened_by, digest
from loa.feedback.queries.visible import (
    cases_visible_to,
    clocks_visible_to,
    denunciations_visible_to,
    desks_on,
    files_visible_to,
    main_desk,
    routing_visible_to,
    running_clocks,
    shares_visible_to,
    subjects_on,
    templates_visible_to,
)

__all__ = [
    "case_opened_by",
    "cases_to_purge",
    "cases_visible_to",
    "clocks_visible_to",
    "data_requests_visible_to",
    "denunciations_visible_to",
    "desks_on",
    "digest",
    "files_visible_to",
    "main_desk",
    "may_be_rated",
    "may_be_withdrawn",
    "reopen_until",
    "routing_visible_to",
    "rule_if_any",
    "running_clocks",
    "shares_visible_to",
    "subjects_on",
    "templates_visible_to",
]
