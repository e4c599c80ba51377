from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

READING_STATES = {
    "queued": _("Waiting to be read"),
    "reading": _("Being read"),
    "read": _("Waiting for confirmation"),
    "failed": _("Could not be read"),
    "confirmed": _("Confirmed"),
    "dropped": _("Dropped"),
}

READING = Flow(
    noun="reading",
    states=READING_STATES,
    steps=(
        Step("begin", ("queued", "reading"), "reading", "documents.read", _("Read"), actors=("import",)),
        Step("finish", ("reading",), "read", "documents.read", _("Read"), actors=("import",)),
        Step(
            "fail", ("reading",), "failed", "documents.read", _("Failed"), actors=("import",), needs_note=True
        ),
        Step(
            "confirm",
            ("read",),
            "confirmed",
            "documents.confirm_reading",
            _("Confirm"),
            tone="main",
            actors=("import",),
        ),
        Step(
            "drop",
            ("read", "failed"),
            "dropped",
            "documents.confirm_reading",
            _("Drop"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

LEGAL_STATES = {
    "draft": _("Not public"),
    "published": _("Public"),
    "withdrawn": _("No longer public"),
}

LEGAL = Flow(
    noun="legal_document",
    states=LEGAL_STATES,
    steps=(
        Step(
            "publish",
            ("draft", "withdrawn"),
            "published",
            "documents.keep_legal",
            pgettext_lazy("official", "Publish"),
            tone="main",
            actors=("import",),
        ),
        Step(
            "unpublish",
            ("published",),
            "withdrawn",
            "documents.keep_legal",
            _("Take off the public pages"),
            needs_note=True,
            tone="danger",
        ),
    ),
)
