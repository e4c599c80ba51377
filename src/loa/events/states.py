from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

EVENT_STATES = {
    "draft": pgettext_lazy("event", "Draft"),
    "with_head": _("With the head"),
    "returned": pgettext_lazy("event", "Returned"),
    "approved": pgettext_lazy("event", "Approved"),
    "announced": pgettext_lazy("event", "Announced"),
    "running": pgettext_lazy("event", "Going on"),
    "ended": pgettext_lazy("event", "Ended"),
    "concluded": pgettext_lazy("event", "Concluded"),
    "postponed": pgettext_lazy("event", "Postponed"),
    "cancelled": pgettext_lazy("event", "Cancelled"),
}
WRITABLE = ("draft", "returned")  # everything may change
BEFORE_IT = ("draft", "returned", "with_head", "approved", "announced", "postponed")
OPEN_TO_GUESTS = ("announced", "running")  # nominated and registered for
HELD = ("ended", "concluded")
TOLD = ("announced", "running", "ended", "concluded", "postponed", "cancelled")  # people know of it

EVENT = Flow(
    noun="event",
    states=EVENT_STATES,
    steps=(
        Step(
            "hand_in",
            WRITABLE,
            "with_head",
            "events.change_event",
            pgettext_lazy("event", "Submit to the head"),
            tone="main",
        ),
        Step(
            "approve",
            ("with_head",),
            "approved",
            "events.approve_event",
            pgettext_lazy("event", "Approve"),
            tone="main",
        ),
        Step(
            "return_to_organiser",
            ("with_head", "approved"),
            "returned",
            "events.return_event",
            pgettext_lazy("event", "Return"),
            needs_note=True,
        ),
        Step(
            "announce",
            ("approved",),
            "announced",
            "events.change_event",
            pgettext_lazy("event", "Announce"),
            tone="main",
        ),
        Step(
            "open",
            ("announced",),
            "running",
            "events.change_event",
            pgettext_lazy("event", "Begin the event"),
            tone="main",
        ),
        Step(
            "end",
            ("announced", "running"),
            "ended",
            "events.change_event",
            pgettext_lazy("event", "End the event"),
        ),
        Step(
            "conclude",
            ("ended",),
            "concluded",
            "events.change_event",
            pgettext_lazy("event", "Close as concluded"),
            tone="main",
        ),
        Step(
            "take_up",
            ("concluded",),
            "ended",
            "events.change_event",
            pgettext_lazy("event", "Reopen"),
            needs_note=True,
        ),
        Step(
            "postpone",
            ("announced",),
            "postponed",
            "events.change_event",
            pgettext_lazy("event", "Postpone"),
            needs_note=True,
        ),
        Step(
            "set_anew",
            ("postponed",),
            "announced",
            "events.change_event",
            pgettext_lazy("event", "Set the new time"),
            tone="main",
        ),
        Step(
            "cancel",
            ("draft", "returned", "with_head", "approved", "announced", "running", "postponed"),
            "cancelled",
            "events.change_event",
            pgettext_lazy("event", "Cancel the event"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

INVITATION_STATES = {
    "draft": pgettext_lazy("invitation", "Not sent yet"),
    "sent": pgettext_lazy("invitation", "Waits for names"),
    "answered": pgettext_lazy("invitation", "Names given"),
    "declined": pgettext_lazy("invitation", "Declined"),
    "withdrawn": pgettext_lazy("invitation", "Withdrawn"),
}

INVITATION = Flow(
    noun="invitation",
    states=INVITATION_STATES,
    steps=(
        Step(
            "send",
            ("draft",),
            "sent",
            "events.change_invitation",
            pgettext_lazy("invitation", "Send"),
            is_conducted=True,
        ),
        Step(
            "answer",
            ("sent", "declined"),
            "answered",
            "events.answer_invitation",
            _("Give names"),
            tone="main",
            is_conducted=True,
        ),
        Step(
            "decline",
            ("sent", "answered"),
            "declined",
            "events.answer_invitation",
            pgettext_lazy("invitation", "Decline"),
            needs_note=True,
        ),
        Step(
            "withdraw",
            ("draft", "sent", "answered", "declined"),
            "withdrawn",
            "events.change_invitation",
            pgettext_lazy("invitation", "Take back"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

REGISTRATION_STATES = {
    "waiting": _("On the waiting list"),
    "going": pgettext_lazy("participant", "Has a place"),
    "replaced": pgettext_lazy("participant", "Replaced by another"),
    "cancelled": pgettext_lazy("participant", "Not coming"),
}

REGISTRATION = Flow(
    noun="registration",
    states=REGISTRATION_STATES,
    steps=(
        Step(
            "give_place",
            ("waiting",),
            "going",
            "events.change_registration",
            _("Give a place"),
            actors=("citizen",),
            tone="main",
        ),
        Step(
            "replace",
            ("going",),
            "replaced",
            "events.replace_nominee",
            pgettext_lazy("participant", "Send somebody else"),
            needs_note=True,
        ),
        Step(
            "stay_away",
            ("waiting", "going"),
            "cancelled",
            "events.cancel_registration",
            pgettext_lazy("participant", "Is not coming"),
            actors=("citizen",),
            tone="danger",
        ),
    ),
)

PAPER_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "with_head": _("With the head"),
    "issued": pgettext_lazy("paper", "Issued"),
}

PAPER = Flow(
    noun="event_paper",
    states=PAPER_STATES,
    steps=(
        Step(
            "hand_in",
            ("draft",),
            "with_head",
            "events.write_paper",
            pgettext_lazy("paper", "Submit to the head"),
            tone="main",
        ),
        Step(
            "issue",
            ("with_head",),
            "issued",
            "events.issue_paper",
            pgettext_lazy("paper", "Sign and issue"),
            tone="main",
        ),
        Step(
            "return_to_writer",
            ("with_head",),
            "draft",
            "events.return_paper",
            pgettext_lazy("paper", "Return to the writer"),
            needs_note=True,
        ),
    ),
)
