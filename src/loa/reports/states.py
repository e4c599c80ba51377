"""The state tables of reports."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

STANDING_RULE_STATES = {"proposed": _("Proposed"), "active": _("Active"), "stopped": _("Stopped")}

STANDING_RULE = Flow(
    noun="standing_rule",
    states=STANDING_RULE_STATES,
    steps=(
        Step("confirm", ("proposed",), "active", "reports.manage_rule", _("Confirm the rule"), tone="main"),
        Step(
            "stop",
            ("proposed", "active"),
            "stopped",
            "reports.manage_rule",
            _("Stop the rule"),
            needs_note=True,
            tone="danger",
        ),
        Step("resume", ("stopped",), "active", "reports.manage_rule", _("Resume the rule")),
    ),
)

ROUND_STATES = {"open": _("Open"), "closed": _("Closed")}

ROUND = Flow(
    noun="round",
    states=ROUND_STATES,
    steps=(
        Step("close", ("open",), "closed", "reports.manage_round", _("Close the round"), actors=("clock",)),
        Step("reopen", ("closed",), "open", "reports.manage_round", _("Reopen"), needs_note=True),
    ),
)

REPORT_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "with_head": _("With the head"),
    "submitted": _("Submitted"),
    "returned": _("Returned"),
    "accepted": _("Accepted"),
    "excused": _("Excused"),
    "passed_on": _("Passed on"),
}
WRITABLE_REPORT_STATES = ("draft", "returned")
NOT_OWED_STATES = ("excused", "passed_on")  # nothing is asked of this body in the round

REPORT = Flow(
    noun="report",
    states=REPORT_STATES,
    steps=(
        Step(
            "hand_to_head",
            ("draft", "returned"),
            "with_head",
            "reports.write_report",
            _("Submit to the head"),
            tone="main",
        ),
        Step(
            "return_to_writer",
            ("with_head",),
            "returned",
            "reports.submit_report",
            _("Return to the writer"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "submit", ("with_head",), "submitted", "reports.submit_report", _("Sign and submit"), tone="main"
        ),
        Step(
            "return_to_agency",
            ("submitted",),
            "returned",
            "reports.accept_report",
            _("Return to the agency"),
            needs_note=True,
            tone="danger",
        ),
        Step("accept", ("submitted",), "accepted", "reports.accept_report", _("Accept"), tone="main"),
        Step(
            "reopen",
            ("accepted",),
            "returned",
            "reports.accept_report",
            _("Reopen for a correction"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "excuse",
            ("draft", "with_head", "returned"),
            "excused",
            "reports.excuse_report",
            _("Excuse from this round"),
            needs_note=True,
            tone="danger",
        ),
        Step("ask_again", ("excused",), "draft", "reports.excuse_report", _("Ask for the report again")),
        Step(  # the successor reports in the same round: one report goes on, this one ends
            "pass_on",
            ("draft", "with_head", "returned"),
            "passed_on",
            "reports.pass_on_report",
            _("Pass on"),
            needs_note=True,
            actors=("clock",),
            is_conducted=True,
        ),
    ),
)

REPORT_EXTENSION_STATES = {"asked": _("Asked"), "granted": _("Granted"), "refused": _("Refused")}

REPORT_EXTENSION = Flow(
    noun="report_extension",
    states=REPORT_EXTENSION_STATES,
    steps=(
        Step("grant", ("asked",), "granted", "reports.decide_extension", _("Grant"), tone="main"),
        Step(
            "refuse",
            ("asked",),
            "refused",
            "reports.decide_extension",
            _("Refuse"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

CONSOLIDATION_STATES = {
    "drafting": _("Being drafted"),
    "with_head": _("With the head"),
    "approved": _("Approved"),
    "issued": _("Issued"),
}

CONSOLIDATION = Flow(
    noun="consolidation",
    states=CONSOLIDATION_STATES,
    steps=(
        Step(
            "hand_to_head",
            ("drafting",),
            "with_head",
            "reports.write_consolidation",
            _("Submit to the head"),
            tone="main",
        ),
        Step(
            "return_to_writer",
            ("with_head", "approved"),
            "drafting",
            "reports.approve_consolidation",
            _("Return to the writer"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "approve", ("with_head",), "approved", "reports.approve_consolidation", _("Approve"), tone="main"
        ),
        Step(
            "issue",
            ("approved",),
            "issued",
            "reports.issue_consolidation",
            _("Number and issue"),
            tone="main",
        ),
        Step(
            "reopen",
            ("issued",),
            "drafting",
            "reports.approve_consolidation",
            _("Reopen for a corrected version"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

COMMENT_STATES = {"open": _("Open"), "answered": _("Has an answer"), "resolved": _("Resolved")}

COMMENT = Flow(
    noun="comment",
    states=COMMENT_STATES,
    steps=(
        Step("answer", ("open",), "answered", "reports.answer_comment", _("Answer"), tone="main"),
        Step("resolve", ("open", "answered"), "resolved", "reports.resolve_comment", _("Mark as resolved")),
        Step("reopen", ("resolved",), "open", "reports.resolve_comment", _("Reopen"), needs_note=True),
    ),
)
