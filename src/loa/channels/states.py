from django.utils.translation import gettext_lazy as _

from loa.core.workflow import Flow, Step

DELIVERY_STATES = {
    "queued": _("Queued"),
    "sending": _("Sending"),
    "sent": _("Sent"),
    "failed": _("Failed, will be tried again"),
    "given_up": _("Given up"),
    "to_check": _("To be checked"),
}

DELIVERY = Flow(
    noun="delivery",
    states=DELIVERY_STATES,
    steps=(
        Step(
            "begin", ("queued", "failed", "sending"), "sending", "channels.send", _("Send"), actors=("clock",)
        ),
        Step("finish", ("sending",), "sent", "channels.send", _("Sent"), actors=("clock",)),
        Step(
            "fail", ("sending",), "failed", "channels.send", _("Failed"), actors=("clock",), needs_note=True
        ),
        Step(
            "give_up",
            ("sending",),
            "given_up",
            "channels.send",
            _("Give up"),
            actors=("clock",),
            needs_note=True,
        ),
        Step(
            "doubt",
            ("sending",),
            "to_check",
            "channels.send",
            _("Nobody knows whether it was posted"),
            actors=("clock",),
            needs_note=True,
        ),
        Step("retry", ("failed", "given_up"), "queued", "channels.send", _("Try again")),
        Step(
            "mark_posted",
            ("queued", "failed", "given_up", "to_check"),
            "sent",
            "channels.post",
            _("It is posted"),
            tone="main",
        ),
        Step(
            "send_again",
            ("failed", "given_up", "to_check"),
            "queued",
            "channels.post",
            _("It was not posted: send again"),
        ),
    ),
)
