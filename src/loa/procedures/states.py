"""The states of a version of a procedure, of a proposal to tell people of it, and of a file being imported."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

VERSION_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "with_head": _("With the head"),
    "returned": _("Returned"),
    "approved": _("Approved"),
    "published": pgettext_lazy("official", "Published"),
    "superseded": _("Earlier version"),
    "dropped": _("Dropped"),
}
WRITABLE_STATES = ("draft", "returned")
OPEN_STATES = ("draft", "returned", "with_head", "approved")
PUBLIC_STATES = ("published", "superseded")

VERSION = Flow(
    noun="version",
    states=VERSION_STATES,
    steps=(
        Step(
            "hand_to_head",
            ("draft", "returned"),
            "with_head",
            "procedures.write_version",
            _("Submit to the head"),
            tone="main",
        ),
        Step(
            "return_to_writer",
            ("with_head",),
            "returned",
            "procedures.decide_version",
            _("Return to the writer"),
            needs_note=True,
            tone="danger",
        ),
        Step("approve", ("with_head",), "approved", "procedures.approve_version", _("Approve"), tone="main"),
        Step(
            "return_approved",
            ("approved",),
            "returned",
            "procedures.decide_version",
            _("Take the approval back"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "publish",
            ("approved",),
            "published",
            "procedures.publish_version",
            pgettext_lazy("official", "Publish"),
            tone="main",
        ),
        Step(
            "drop",
            ("draft", "returned"),
            "dropped",
            "procedures.write_version",
            _("Drop the draft"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "take_in",
            ("draft",),
            "published",
            "procedures.take_in_version",
            _("Take in from the import"),
            is_conducted=True,
        ),
        Step(
            "supersede",
            ("published",),
            "superseded",
            "procedures.supersede_version",
            _("A newer version was published"),
            is_conducted=True,
        ),
    ),
)

PROPOSAL_STATES = {
    "proposed": _("Proposed"),
    "taken_up": _("Taken up"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn"),
}

PROPOSAL = Flow(
    noun="proposal",
    states=PROPOSAL_STATES,
    steps=(
        Step(
            "take_up",
            ("proposed",),
            "taken_up",
            "procedures.decide_proposal",
            _("Take up"),
            tone="main",
        ),
        Step(
            "decline",
            ("proposed",),
            "declined",
            "procedures.decide_proposal",
            _("Decline"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "withdraw",
            ("proposed",),
            "withdrawn",
            "procedures.withdraw_proposal",
            _("Withdraw"),
            needs_note=True,
        ),
    ),
)

IMPORT_STATES = {
    "reading": _("Being read"),
    "read": _("Waiting for confirmation"),
    "taking_in": _("Being taken in"),
    "taken_in": _("Taken in"),
    "failed": _("Could not be read"),
    "dropped": _("Dropped"),
}

IMPORT = Flow(
    noun="procedure_import",
    states=IMPORT_STATES,
    steps=(
        Step(
            "finish",
            ("reading",),
            "read",
            "procedures.import_procedures",
            _("Read"),
            actors=("import",),
            is_conducted=True,
        ),
        Step(
            "fail",
            ("reading",),
            "failed",
            "procedures.import_procedures",
            _("Could not be read"),
            actors=("import",),
            needs_note=True,
            is_conducted=True,
        ),
        Step(
            "read_again",
            ("read",),
            "reading",
            "procedures.prepare_import",
            _("Look at it again"),
            is_conducted=True,
        ),
        Step(
            "confirm",
            ("read",),
            "taking_in",
            "procedures.confirm_import",
            _("Take it in"),
            tone="main",
        ),
        Step(
            "end",
            ("taking_in",),
            "taken_in",
            "procedures.confirm_import",
            _("Taken in"),
            actors=("import",),
            is_conducted=True,
        ),
        Step(
            "drop",
            ("read", "failed"),
            "dropped",
            "procedures.prepare_import",
            _("Drop"),
            needs_note=True,
            tone="danger",
        ),
    ),
)
