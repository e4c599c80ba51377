"""The states of what is told to an agency's own system."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

SENDING_STATES = {
    "queued": _("Queued"),
    "sending": _("Sending"),
    "sent": pgettext_lazy("webhook", "Delivered"),
    "failed": _("Failed, will be tried again"),
    "dead": _("Given up"),
}
TONES = {"queued": "wait", "sending": "run", "sent": "done", "failed": "soon", "dead": "late"}

SENDING = Flow(
    noun="webhook_sending",
    states=SENDING_STATES,
    steps=(
        Step("begin", ("queued", "failed", "sending"), "sending", "api.nobody", _("Send"), actors=("clock",)),
        Step(
            "finish",
            ("sending",),
            "sent",
            "api.nobody",
            pgettext_lazy("webhook", "Delivered"),
            actors=("clock",),
        ),
        Step("fail", ("sending",), "failed", "api.nobody", _("Failed"), actors=("clock",)),
        Step("give_up", ("sending",), "dead", "api.nobody", _("Give up"), actors=("clock",)),
        Step("retry", ("failed", "dead"), "queued", "api.retry_sending", _("Try again")),
    ),
)
