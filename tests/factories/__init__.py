"""Plain makers of test objects: each gives a small valid thing, every part can be named by the caller."""

from factories.budgets import make_approval, make_budget, make_estimate, make_line
from factories.directory import make_agency, make_group, make_user
from factories.events import make_event, make_invitation, make_registration
from factories.feedback import make_assigned, make_case, make_desk, make_subject
from factories.plans import make_assignment, make_duty, make_plan, make_task
from factories.press import make_clipping, make_press_body, make_publication, make_script
from factories.procedures import make_procedure, make_published, make_version

__all__ = [
    "make_agency",
    "make_approval",
    "make_assigned",
    "make_assignment",
    "make_budget",
    "make_case",
    "make_clipping",
    "make_desk",
    "make_duty",
    "make_estimate",
    "make_event",
    "make_group",
    "make_invitation",
    "make_line",
    "make_plan",
    "make_press_body",
    "make_procedure",
    "make_publication",
    "make_published",
    "make_registration",
    "make_script",
    "make_subject",
    "make_task",
    "make_user",
    "make_version",
]
