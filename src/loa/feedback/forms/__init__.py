from loa.feedback.forms.dialogue import (
    AnswerForm,
    AskForm,
    AttachForm,
    EnterForm,
    GroupForm,
    NoteForm,
    PollForm,
    PromiseForm,
    PromiseWorkForm,
    PublicTextForm,
    RouteForm,
    SignForm,
)
from loa.feedback.forms.follow import FollowForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "AttachForm",
    "EnterForm",
    "FollowForm",
    "GroupForm",
    "NoteForm",
    "PollForm",
    "PromiseForm",
    "PromiseWorkForm",
    "PublicTextForm",
    "RouteForm",
    "SignForm",
]
