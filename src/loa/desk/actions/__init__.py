from loa.desk.actions.briefing import gather_anew, make_briefing, take_briefing_step, write_briefing
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
    "gather_anew",
    "keep_figures",
    "make_briefing",
    "rehearse_decision",
    "rehearse_later",
    "take_briefing_step",
    "write_briefing",
]
