"""Questions of a dialogue, what was promised there, and what askers said of answers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

QUESTION_STATES = {
    "pending": pgettext_lazy("question", "Waiting for a moderator"),
    "shown": pgettext_lazy("question", "Shown"),
    "refused": pgettext_lazy("question", "Not shown"),
    "grouped": pgettext_lazy("question", "Answered with another"),
    "postponed": pgettext_lazy("question", "Answered later in writing"),
    "answered": pgettext_lazy("question", "Answered"),
}
PUBLIC_QUESTIONS = ("shown", "postponed", "answered")

QUESTION = Flow(
    noun="question",
    states=QUESTION_STATES,
    steps=(
        Step("show", ("pending", "refused"), "shown", "feedback.moderate", _("Show it"), tone="main"),
        Step(
            "refuse",
            ("pending", "shown"),
            "refused",
            "feedback.moderate",
            _("Do not show it"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "group",
            ("pending", "shown"),
            "grouped",
            "feedback.moderate",
            _("Answer with another"),
            is_conducted=True,
        ),
        Step(
            "postpone",
            ("shown",),
            "postponed",
            "feedback.moderate",
            _("Answer later in writing"),
            needs_note=True,
        ),
        Step("bring_back", ("postponed",), "shown", "feedback.moderate", _("Bring back into the session")),
        Step(
            "answer",
            ("shown", "postponed"),
            "answered",
            "feedback.sign_question",
            _("Sign off the answer"),
            is_conducted=True,
        ),
    ),
)

RATING_STATES = {
    "waiting": pgettext_lazy("words of a rating", "Not looked at yet"),
    "shown": pgettext_lazy("words of a rating", "Shown to everybody"),
    "hidden": pgettext_lazy("words of a rating", "Not shown"),
}

RATING = Flow(
    noun="rating",
    states=RATING_STATES,
    steps=(
        Step(
            "show",
            ("waiting", "hidden"),
            "shown",
            "feedback.moderate_words",
            pgettext_lazy("words of a rating", "Show to everybody"),
            tone="main",
        ),
        Step(
            "hide",
            ("waiting", "shown"),
            "hidden",
            "feedback.moderate_words",
            pgettext_lazy("words of a rating", "Do not show"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "say_anew",
            ("shown", "hidden"),
            "waiting",
            "feedback.nobody",
            pgettext_lazy("words of a rating", "Said anew"),
            actors=("citizen",),
            is_conducted=True,
        ),
    ),
)

PROMISE_STATES = {
    "open": pgettext_lazy("promise", "Open"),
    "kept": pgettext_lazy("promise", "Kept"),
    "withdrawn": pgettext_lazy("promise", "Taken back"),
}

PROMISE = Flow(
    noun="promise",
    states=PROMISE_STATES,
    steps=(
        Step(
            "keep",
            ("open",),
            "kept",
            "feedback.keep_promise",
            _("Mark as kept"),
            needs_note=True,
            tone="main",
        ),
        Step(
            "withdraw",
            ("open",),
            "withdrawn",
            "feedback.withdraw_promise",
            _("Take it back"),
            needs_note=True,
            tone="danger",
        ),
        Step("reopen", ("kept",), "open", "feedback.withdraw_promise", _("It is not kept"), needs_note=True),
        Step(  # it is work of the plan: kept when the result is accepted, not kept when that is opened again
            "keep_as_work",
            ("open",),
            "kept",
            "feedback.nobody",
            _("The work of the plan was accepted"),
            actors=("clock",),
            is_conducted=True,
        ),
        Step(
            "reopen_as_work",
            ("kept",),
            "open",
            "feedback.nobody",
            _("The work of the plan was opened again"),
            needs_note=True,
            actors=("clock",),
            is_conducted=True,
        ),
    ),
)
