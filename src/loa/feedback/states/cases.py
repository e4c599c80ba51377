"""The states of a citizen's case, and of an answer to an agency's question back to the asker."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

CASE_STATES = {
    "received": pgettext_lazy("case", "Received"),
    "classified": pgettext_lazy("case", "Classified"),
    "assigned": pgettext_lazy("case", "Sent to the agency"),
    "answering": pgettext_lazy("case", "Being handled"),
    "with_head": pgettext_lazy("case", "Answer with the head"),
    "approved": pgettext_lazy("case", "Answer approved"),
    "answered": pgettext_lazy("case", "Answered"),
    "published": pgettext_lazy("case", "Answered in public"),
    "rated": pgettext_lazy("case", "Rated"),
    "closed": pgettext_lazy("case", "Closed"),
    "refused": pgettext_lazy("case", "Refused"),
    "guided": pgettext_lazy("case", "Referred to another procedure"),
    "merged": pgettext_lazy("case", "Answered together with another"),
    "withdrawn": pgettext_lazy("case", "Withdrawn"),
    "isolated": pgettext_lazy("case", "Set aside"),
}
INTAKE_STATES = ("received", "classified")  # the intake's to move
AGENCY_STATES = ("assigned", "answering", "with_head")  # the agency's to move
OPEN_STATES = (*INTAKE_STATES, *AGENCY_STATES, "approved")
ANSWERED_STATES = ("answered", "published", "rated", "closed")
ENDED_STATES = (*ANSWERED_STATES, "refused", "guided", "merged", "withdrawn", "isolated")
TONES = {
    "received": "soon",
    "classified": "soon",
    "answering": "run",
    "with_head": "wait",
    "approved": "run",
    "answered": "done",
    "published": "done",
    "rated": "done",
}

CASE = Flow(
    noun="case",
    states=CASE_STATES,
    steps=(
        Step("classify", ("received",), "classified", "feedback.classify", _("Classify"), tone="main"),
        Step("assign", ("classified",), "assigned", "feedback.assign", _("Send to an agency"), tone="main"),
        Step(
            "transfer",
            ("assigned", "answering"),
            "assigned",
            "feedback.transfer",
            _("Transfer to another agency"),
            needs_note=True,
        ),
        Step(
            "give_back",
            ("assigned", "answering"),
            "classified",
            "feedback.handle",
            _("Not ours: return it"),
            needs_note=True,
            tone="danger",
        ),
        Step("accept", ("assigned",), "answering", "feedback.handle", _("Accept the case"), tone="main"),
        Step(
            "hand_to_head",
            ("answering",),
            "with_head",
            "feedback.write_answer",
            _("Submit the answer to the head"),
            tone="main",
        ),
        Step(
            "return_to_officer",
            ("with_head",),
            "answering",
            "feedback.decide_answer",
            _("Return to the officer"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "approve",
            ("with_head",),
            "approved",
            "feedback.approve_answer",
            _("Approve the answer"),
            tone="main",
        ),
        Step(
            "return_answer",
            ("approved",),
            "answering",
            "feedback.check_answer",
            _("It does not answer: return it"),
            needs_note=True,
            tone="danger",
        ),
        Step("send", ("approved",), "answered", "feedback.check_answer", _("Send the answer"), tone="main"),
        Step(
            "publish",
            ("answered", "rated", "closed"),
            "published",
            "feedback.publish",
            pgettext_lazy("official", "Publish"),
            tone="main",
        ),
        Step(
            "answer_live",  # signed in the hall of a dialogue: sent and public at once
            (*AGENCY_STATES, "approved"),
            "published",
            "feedback.sign_live",
            _("Sign off in the dialogue"),
            is_conducted=True,
        ),
        Step(
            "unpublish",
            ("published",),
            "answered",
            "feedback.publish",
            _("Take down from the public register"),
            needs_note=True,
            tone="danger",
            is_conducted=True,
        ),
        Step(
            "rate",
            ("answered", "published"),
            "rated",
            "feedback.nobody",
            _("Rate the answer"),
            actors=("citizen",),
            is_conducted=True,
        ),
        Step(
            "reopen",
            ("answered", "published", "rated", "closed"),
            "answering",
            "feedback.reopen",
            _("Reopen"),
            needs_note=True,
            actors=("citizen",),
        ),
        Step(
            "close",
            ("answered", "published", "rated"),
            "closed",
            "feedback.nobody",
            _("Close"),
            actors=("clock",),
            is_conducted=True,
        ),
        Step(
            "refuse",
            INTAKE_STATES,
            "refused",
            "feedback.refuse",
            _("Refuse"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "guide",
            INTAKE_STATES,
            "guided",
            "feedback.guide",
            _("Refer to the complaints procedure"),
            needs_note=True,
        ),
        Step(
            "isolate",
            (*INTAKE_STATES, "assigned", "answering"),
            "isolated",
            "feedback.isolate",
            _("Set aside as a denunciation"),
            actors=("citizen",),
            tone="danger",
        ),
        Step(
            "merge",
            (*INTAKE_STATES, "assigned", "answering"),
            "merged",
            "feedback.merge",
            _("Answer together with another"),
            is_conducted=True,
        ),
        Step(
            "part",
            ("merged",),
            "received",
            "feedback.isolate",
            _("Answer on its own again"),
            actors=("citizen",),
            is_conducted=True,
        ),
        Step(
            "withdraw",
            (*INTAKE_STATES, "assigned", "answering"),
            "withdrawn",
            "feedback.nobody",
            pgettext_lazy("case", "Withdraw"),
            actors=("citizen",),
            is_conducted=True,
        ),
    ),
)

SHARE_STATES = {
    "asked": pgettext_lazy("part", "Asked for"),
    "given": pgettext_lazy("part", "Given"),
    "declined": pgettext_lazy("part", "Not given"),
}

SHARE = Flow(  # what a joint case asks of another agency
    noun="case_share",
    states=SHARE_STATES,
    steps=(
        Step("give", ("asked",), "given", "feedback.answer_share", _("Give our part"), tone="main"),
        Step(
            "decline",
            ("asked",),
            "declined",
            "feedback.answer_share",
            _("Not ours"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "ask_again", ("given", "declined"), "asked", "feedback.ask_share", _("Ask again"), needs_note=True
        ),
    ),
)

DATA_REQUEST_STATES = {
    "asked": pgettext_lazy("privacy", "Asked for"),
    "replied": pgettext_lazy("privacy", "Replied, to be carried out"),
    "done": pgettext_lazy("privacy", "Carried out"),
    "declined": pgettext_lazy("privacy", "Declined"),
}

DATA_REQUEST = Flow(  # a copy, a correction, an erasure of an asker's own data
    noun="data_request",
    states=DATA_REQUEST_STATES,
    steps=(
        Step(
            "reply",
            ("asked",),
            "replied",
            "feedback.handle_data",
            _("Reply with how and by when"),
            needs_note=True,
        ),
        Step(
            "carry_out", ("asked", "replied"), "done", "feedback.handle_data", _("Carry it out"), tone="main"
        ),
        Step(
            "decline",
            ("asked", "replied"),
            "declined",
            "feedback.handle_data",
            pgettext_lazy("privacy", "Decline"),
            needs_note=True,
            tone="danger",
        ),
    ),
)
