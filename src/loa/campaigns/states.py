from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

AGREEMENT_STATES = {"running": _("Running"), "ended": _("Ended early")}

AGREEMENT = Flow(
    noun="press_agreement",
    states=AGREEMENT_STATES,
    steps=(
        Step(
            "end",
            ("running",),
            "ended",
            "campaigns.change_agreement",
            _("End early"),
            needs_note=True,
            tone="danger",
        ),
        Step("resume", ("ended",), "running", "campaigns.change_agreement", _("Let it run again")),
    ),
)

CLIPPING_STATES = {"recorded": _("Recorded"), "withdrawn": _("Withdrawn")}

CLIPPING = Flow(
    noun="clipping",
    states=CLIPPING_STATES,
    steps=(
        Step(
            "withdraw",
            ("recorded",),
            "withdrawn",
            "campaigns.change_clipping",
            _("Take back"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

CANDIDATE_STATES = {"waiting": _("Waits for a decision"), "taken": _("Taken"), "dropped": _("Dropped")}

CANDIDATE = Flow(
    noun="candidate",
    states=CANDIDATE_STATES,
    steps=(
        Step("take", ("waiting", "dropped"), "taken", "campaigns.decide_candidate", _("Take"), tone="main"),
        Step("pass_over", ("waiting",), "dropped", "campaigns.decide_candidate", _("Drop")),
    ),
)

SCRIPT_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "checked": _("Checked"),
    "approved": _("Approved"),
    "used": pgettext_lazy("radio script", "Read on air"),
    "dropped": _("Given up"),
}

UNFINISHED_SCRIPT_STATES = ("draft", "checked", "approved")

SCRIPT = Flow(
    noun="script",
    states=SCRIPT_STATES,
    steps=(
        Step("check", ("draft",), "checked", "campaigns.check_script", _("It is checked"), tone="main"),
        Step("approve", ("checked",), "approved", "campaigns.approve_script", _("Approve"), tone="main"),
        Step(
            "return_to_writer",
            ("checked", "approved"),
            "draft",
            "campaigns.return_script",
            _("Return to the writer"),
            needs_note=True,
        ),
        Step("use", ("approved",), "used", "campaigns.use_script", _("It was read"), tone="main"),
        Step(
            "drop",
            ("draft", "checked", "approved"),
            "dropped",
            "campaigns.write_script",
            _("Give the script up"),
            needs_note=True,
            tone="danger",
        ),
    ),
)
