from datetime import date

from loa.channels.actions import send_reminders
from loa.core import clock
from loa.feedback.actions import release_question
from loa.feedback.queries import PROMISE_MATTERS, unreleased_questions


def remind_of_promises(today: date | None = None) -> int:
    """The ladder of what was promised aloud. Returns how many were reminded of."""
    return sum(send_reminders(source, today or clock.today()) for source in PROMISE_MATTERS)


def release_questions() -> int:
    """Sessions that have ended let their questions go on as cases. Returns how many."""
    return sum(release_question(question) for question in unreleased_questions())
