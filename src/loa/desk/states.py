from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

BRIEFING_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "approved": _("Approved"),
    "handed_out": _("Handed out"),
}

BRIEFING = Flow(
    noun="briefing",
    states=BRIEFING_STATES,
    steps=(
        Step("approve", ("draft",), "approved", "desk.approve_briefing", _("Approve"), tone="main"),
        Step(
            "return_to_draft",
            ("approved",),
            "draft",
            "desk.approve_briefing",
            _("Return to the draft"),
            needs_note=True,
        ),
        Step(
            "hand_out", ("approved",), "handed_out", "desk.write_briefing", _("It is handed out"), tone="main"
        ),
    ),
)
