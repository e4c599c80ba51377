"""The states of what stands beside the pages of the newsroom; a page itself moves by Wagtail's workflow."""

from django.utils.translation import gettext_lazy as _

from loa.core.workflow import Flow, Step

URGENT_STATES = {
    "open": _("Waits for approval"),
    "approved": _("Approved afterwards"),
    "taken_back": _("Taken back"),
}

URGENT = Flow(
    noun="urgent_release",
    states=URGENT_STATES,
    steps=(
        Step("approve", ("open",), "approved", "portal.decide_urgent", _("Approve afterwards"), tone="main"),
        Step(
            "take_back",
            ("open",),
            "taken_back",
            "portal.decide_urgent",
            _("Take off the site"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

NEWS_ASSIGNMENT_STATES = {
    "given": _("Given to the reporter"),
    "accepted": _("Taken on"),
    "drafted": _("Being written"),
    "published": _("Published"),
    "closed": _("Closed"),
    "cancelled": _("Cancelled"),
}
OPEN_NEWS_STATES = ("given", "accepted", "drafted")

NEWS_ASSIGNMENT = Flow(
    noun="news_assignment",
    states=NEWS_ASSIGNMENT_STATES,
    steps=(
        Step("accept", ("given",), "accepted", "portal.write_assignment", _("Take it on"), tone="main"),
        Step(
            "draft",
            ("given", "accepted"),
            "drafted",
            "portal.write_assignment",
            _("Begin to write"),
            tone="main",
        ),
        Step(
            "publish",
            ("given", "accepted", "drafted"),
            "published",
            "portal.give_assignment",
            _("Published"),
            actors=("clock",),
            is_conducted=True,
        ),
        Step(
            "unpublish",
            ("published",),
            "drafted",
            "portal.give_assignment",
            _("Taken down"),
            actors=("clock",),
            is_conducted=True,
        ),
        Step("close", ("published",), "closed", "portal.give_assignment", _("Close")),
        Step(
            "cancel",
            ("given", "accepted", "drafted"),
            "cancelled",
            "portal.give_assignment",
            _("Cancel"),
            needs_note=True,
            tone="danger",
        ),
    ),
)
