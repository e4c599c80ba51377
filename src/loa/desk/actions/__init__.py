from loa.desk.actions.departure import end_roles
from loa.desk.actions.leadership import keep_figures
from loa.desk.actions.reorganisation import (
    apply_decision,
    apply_due_decisions,
    apply_later,
    rehearse_decision,
    rehearse_later,
)

__all__ = [
    "apply_decision",
    "apply_due_decisions",
    "apply_later",
    "end_roles",
    "keep_figures",
    "rehearse_decision",
    "rehearse_later",
]
