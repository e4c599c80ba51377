"""The states of a citizen's case and what belongs to it (`cases`), and of what a dialogue or a rating brings (`hall`)."""

from loa.feedback.states.cases import (
    AGENCY_STATES,
    ANSWERED_STATES,
    CASE,
    CASE_STATES,
    DATA_REQUEST,
    DATA_REQUEST_STATES,
    ENDED_STATES,
    INTAKE_STATES,
    OPEN_STATES,
    SHARE,
    SHARE_STATES,
    TONES,
)
from loa.feedback.states.hall import (
    PROMISE,
    PROMISE_STATES,
    PUBLIC_QUESTIONS,
    QUESTION,
    QUESTION_STATES,
    RATING,
    RATING_STATES,
)

__all__ = [
    "AGENCY_STATES",
    "ANSWERED_STATES",
    "CASE",
    "CASE_STATES",
    "DATA_REQUEST",
    "DATA_REQUEST_STATES",
    "ENDED_STATES",
    "INTAKE_STATES",
    "OPEN_STATES",
    "PROMISE",
    "PROMISE_STATES",
    "PUBLIC_QUESTIONS",
    "QUESTION",
    "QUESTION_STATES",
    "RATING",
    "RATING_STATES",
    "SHARE",
    "SHARE_STATES",
    "TONES",
]
