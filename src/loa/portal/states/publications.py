"""The life of a publication, of a sending round, and of what one agency gets of it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

PUBLICATION_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "with_editor": _("With the editor"),
    "approved": _("Approved"),
    "released": _("Released"),
    "withdrawn": _("Withdrawn"),
}

PUBLICATION = Flow(
    noun="publication",
    states=PUBLICATION_STATES,
    steps=(
        Step(
            "hand_to_editor",
            ("draft",),
            "with_editor",
            "portal.write_publication",
            _("Hand to the editor"),
            tone="main",
        ),
        Step(
            "return_to_writer",
            ("with_editor",),
            "draft",
            "portal.edit_publication",
            _("Return to the writer"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "approve",
            ("with_editor",),
            "approved",
            "portal.approve_publication",
            _("Approve"),
            tone="main",
        ),
        Step(
            "reopen",
            ("approved",),
            "draft",
            "portal.edit_publication",
            _("Open again for changes"),
            needs_note=True,
        ),
        Step(
            "release",
            ("approved",),
            "released",
            "portal.release_publication",
            _("Release to readers"),
            tone="main",
        ),
        Step(
            "withdraw",
            ("released",),
            "withdrawn",
            "portal.withdraw_publication",
            _("Withdraw the publication"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "restore",
            ("withdrawn",),
            "approved",
            "portal.withdraw_publication",
            _("Prepare for release again"),
        ),
    ),
)

DISPATCH_STATES = {"draft": _("Being prepared"), "sent": _("Sent"), "withdrawn": _("Called off")}

DISPATCH = Flow(
    noun="dispatch",
    states=DISPATCH_STATES,
    steps=(
        Step("send", ("draft",), "sent", "portal.distribute", _("Send"), tone="main"),
        Step(
            "withdraw",
            ("draft", "sent"),
            "withdrawn",
            "portal.distribute",
            _("Call the round off"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

PARCEL_STATES = {"waiting": _("Not confirmed"), "confirmed": _("Receipt confirmed")}

PARCEL = Flow(
    noun="parcel",
    states=PARCEL_STATES,
    steps=(
        Step(
            "confirm", ("waiting",), "confirmed", "portal.confirm_parcel", _("Confirm receipt"), tone="main"
        ),
        Step(
            "correct", ("confirmed",), "confirmed", "portal.confirm_parcel", _("Correct what was confirmed")
        ),
        Step(
            "type_in",
            ("waiting",),
            "confirmed",
            "portal.record_receipt",
            _("Enter a receipt on paper"),
            is_conducted=True,
        ),
    ),
)
