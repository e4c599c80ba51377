"""What the public may see of a plan: nothing, until somebody who answers for it says so on record.

An assignment has two names for its state: the staff's, with every hand it goes through, and the citizens'.
"""

from django.utils.translation import gettext_lazy as _

from loa.core.workflow import Flow, Step

PLAN_PUBLICATION_STATES = {"hidden": _("Not public"), "public": _("Public"), "taken_back": _("Taken back")}

PLAN_PUBLICATION = Flow(
    noun="plan_publication",
    states=PLAN_PUBLICATION_STATES,
    steps=(
        Step(
            "publish",
            ("hidden", "taken_back"),
            "public",
            "portal.publish_plan",
            _("Make the plan public"),
            tone="main",
        ),
        Step("change", ("public",), "public", "portal.publish_plan", _("Change what is shown")),
        Step(
            "take_back",
            ("public",),
            "taken_back",
            "portal.publish_plan",
            _("Take back from the public"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

REPORT_PUBLICATION_STATES = PLAN_PUBLICATION_STATES

REPORT_PUBLICATION = Flow(
    noun="report_publication",
    states=REPORT_PUBLICATION_STATES,
    steps=(
        Step(
            "publish",
            ("hidden", "taken_back"),
            "public",
            "portal.publish_report",
            _("Make the report's file public"),
            tone="main",
        ),
        Step(
            "take_back",
            ("public",),
            "taken_back",
            "portal.publish_report",
            _("Take the report's file back"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

# the citizens' words; a head's desk or a return inside the administration is work under way to them
PUBLIC_STATES = {
    "waiting": _("Not yet begun"),
    "under_way": _("Being carried out"),
    "checked": _("Finished, being checked"),
    "done": _("Completed"),
    "ended": _("No longer carried out"),
}
PUBLIC_STATE_OF = {
    "assigned": "waiting",
    "accepted": "waiting",
    "in_progress": "under_way",
    "with_head": "under_way",
    "returned": "under_way",
    "submitted": "checked",
    "done": "done",
    "ended": "ended",
}


def staff_states(public_state: str) -> list[str]:
    """The states of an assignment that citizens know under one name."""
    return [state for state, public in PUBLIC_STATE_OF.items() if public == public_state]
