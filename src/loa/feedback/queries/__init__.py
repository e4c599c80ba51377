from loa.feedback.queries.denunciations import (
    denunciation_opened_by,
    denunciation_rule,
    letters_due,
    reads_denunciations,
    waiting_letter_count,
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
    "cases_visible_to",
    "clocks_visible_to",
    "denunciation_opened_by",
    "denunciation_rule",
    "denunciations_visible_to",
    "desks_on",
    "digest",
    "files_visible_to",
    "letters_due",
    "main_desk",
    "reads_denunciations",
    "routing_visible_to",
    "running_clocks",
    "shares_visible_to",
    "subjects_on",
    "templates_visible_to",
    "waiting_letter_count",
]
