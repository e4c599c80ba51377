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
    "cases_visible_to",
    "clocks_visible_to",
    "denunciations_visible_to",
    "desks_on",
    "digest",
    "files_visible_to",
    "main_desk",
    "routing_visible_to",
    "running_clocks",
    "shares_visible_to",
    "subjects_on",
    "templates_visible_to",
]
