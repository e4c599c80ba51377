"""The life of a decision that reorganises bodies: prepared and rehearsed, then applied once."""

from django.utils.translation import gettext_lazy as _

from loa.core.workflow import Flow, Step

DECISION_STATES = {
    "draft": _("Being prepared"),
    "scheduled": _("Scheduled"),
    "waiting": _("Waits for the administrator"),
    "applied": _("Applied"),
    "dropped": _("Dropped"),
}

DECISION = Flow(
    noun="decision",
    states=DECISION_STATES,
    steps=(
        Step(
            "schedule",
            ("draft",),
            "scheduled",
            "directory.manage_directory",
            _("Schedule for its day"),
            tone="main",
            actors=("import",),
        ),
        Step(
            "hold_up",
            ("scheduled",),
            "waiting",
            "directory.manage_directory",
            _("Hold up"),
            needs_note=True,
            actors=("clock",),
        ),
        Step(
            "apply",
            ("draft", "scheduled", "waiting"),
            "applied",
            "directory.manage_directory",
            _("Apply"),
            tone="main",
            actors=("clock",),
        ),
        Step(
            "take_back", ("scheduled", "waiting"), "draft", "directory.manage_directory", _("Prepare again")
        ),
        Step(
            "drop",
            ("draft",),
            "dropped",
            "directory.manage_directory",
            _("Drop"),
            needs_note=True,
            tone="danger",
        ),
    ),
)
