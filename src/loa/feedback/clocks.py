from loa.feedback.actions import release_question
from loa.feedback.queries import unreleased_questions


def release_questions() -> int:
    """Sessions that have ended let their questions go on as cases. Returns how many."""
    return sum(release_question(question) for question in unreleased_questions())
