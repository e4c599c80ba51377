"""The state tables of a plan's work. Each refusal or return says why."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

_END = "plans.end_work"  # taken where a plan is closed or amended

PLAN_STATES = {"draft": pgettext_lazy("official", "Draft"), "issued": _("Issued"), "closed": _("Closed")}

PLAN = Flow(
    noun="plan",
    states=PLAN_STATES,
    steps=(
        Step(
            "issue",
            ("draft",),
            "issued",
            "plans.issue_plan",
            _("Issue the plan"),
            tone="main",
            actors=("import",),
        ),
        Step(
            "close",
            ("issued",),
            "closed",
            "plans.close_plan",
            _("Close the plan"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

ASSIGNMENT_STATES = {
    "assigned": _("Assigned"),
    "accepted": _("Taken on"),
    "in_progress": _("In progress"),
    "with_head": _("With the head"),
    "submitted": _("Submitted"),
    "returned": _("Returned"),
    "done": _("Done"),
    "ended": _("Ended"),
    "passed_on": _("Passed on"),
}
OPEN_ASSIGNMENT_STATES = ("assigned", "accepted", "in_progress", "with_head", "submitted", "returned")
CLOSED_ASSIGNMENT_STATES = ("done", "ended", "passed_on")
WORKING_STATES = ("accepted", "in_progress", "returned")

ASSIGNMENT = Flow(
    noun="assignment",
    states=ASSIGNMENT_STATES,
    steps=(
        Step(
            "accept", ("assigned",), "accepted", "plans.work_on_assignment", _("Accept the work"), tone="main"
        ),
        Step("begin", ("accepted", "returned"), "in_progress", "plans.work_on_assignment", _("Begin")),
        Step(
            "hand_to_head",
            ("in_progress",),
            "with_head",
            "plans.work_on_assignment",
            _("Submit to the head"),
            tone="main",
        ),
        Step(
            "return_to_officer",
            ("with_head",),
            "returned",
            "plans.approve_assignment",
            _("Return to the officer"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "submit",
            ("with_head",),
            "submitted",
            "plans.approve_assignment",
            _("Approve and submit"),
            tone="main",
        ),
        Step(
            "return_to_agency",
            ("submitted",),
            "returned",
            "plans.accept_assignment",
            _("Return to the agency"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "accept_result",
            ("submitted",),
            "done",
            "plans.accept_assignment",
            _("Accept the result"),
            tone="main",
        ),
        Step(
            "reopen",
            ("done",),
            "returned",
            "plans.accept_assignment",
            _("Reopen"),
            needs_note=True,
            tone="danger",
        ),
        Step("end", OPEN_ASSIGNMENT_STATES, "ended", _END, _("End"), needs_note=True, is_conducted=True),
        Step("resume", ("ended",), "assigned", _END, _("Assign again"), needs_note=True, is_conducted=True),
        Step(  # the successor leads the same task already: one open assignment goes on, this one ends
            "pass_on",
            OPEN_ASSIGNMENT_STATES,
            "passed_on",
            "plans.pass_on",
            _("Pass on"),
            needs_note=True,
            actors=("clock",),
            is_conducted=True,
        ),
    ),
)

REQUEST_STATES = {
    "asked": _("Asked"),
    "agreed": _("Agreed"),
    "declined": _("Declined"),
    "contributed": _("Contributed"),
    "released": _("No longer asked"),
    "passed_on": _("Passed on"),
}
OPEN_REQUEST_STATES = ("asked", "agreed")

REQUEST = Flow(
    noun="request",
    states=REQUEST_STATES,
    steps=(
        Step(
            "agree",
            ("asked", "declined"),
            "agreed",
            "plans.answer_request",
            _("Agree to take part"),
            tone="main",
        ),
        Step(
            "decline",
            ("asked", "agreed"),
            "declined",
            "plans.answer_request",
            _("Decline"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "contribute",
            ("asked", "agreed"),
            "contributed",
            "plans.answer_request",
            _("Report the contribution"),
            needs_note=True,
        ),
        Step(
            "release", ("asked", "agreed"), "released", _END, _("Release"), needs_note=True, is_conducted=True
        ),
        Step("ask_again", ("released",), "asked", _END, _("Ask again"), needs_note=True, is_conducted=True),
        Step(
            "pass_on",
            OPEN_REQUEST_STATES,
            "passed_on",
            "plans.pass_on",
            _("Pass on"),
            needs_note=True,
            actors=("clock",),
            is_conducted=True,
        ),
    ),
)

EXTENSION_STATES = {
    "asked": _("Asked"),
    "granted": _("Granted"),
    "refused": _("Refused"),
    "lapsed": _("Lapsed"),
}

EXTENSION = Flow(
    noun="extension",
    states=EXTENSION_STATES,
    steps=(
        Step("grant", ("asked",), "granted", "plans.decide_extension", _("Grant"), tone="main"),
        Step(
            "refuse",
            ("asked",),
            "refused",
            "plans.decide_extension",
            _("Refuse"),
            needs_note=True,
            tone="danger",
        ),
        Step("lapse", ("asked",), "lapsed", _END, _("Lapse"), needs_note=True, is_conducted=True),
        Step(  # the work goes on elsewhere, where more time is asked for already
            "pass_on",
            ("asked",),
            "refused",
            "plans.pass_on",
            _("Pass on"),
            needs_note=True,
            actors=("clock",),
            is_conducted=True,
        ),
    ),
)

EXPLANATION_STATES = {"asked": _("Asked"), "given": _("Given"), "lapsed": _("Lapsed")}

EXPLANATION = Flow(
    noun="explanation",
    states=EXPLANATION_STATES,
    steps=(
        Step(
            "give",
            ("asked",),
            "given",
            "plans.give_explanation",
            _("Give the explanation"),
            needs_note=True,
            tone="main",
        ),
        Step("lapse", ("asked",), "lapsed", _END, _("Lapse"), needs_note=True, is_conducted=True),
    ),
)

OCCURRENCE_STATES = {
    "planned": _("Planned"),
    "held": _("Held"),
    "postponed": _("Postponed"),
    "cancelled": _("Cancelled"),
}

OCCURRENCE = Flow(
    noun="occurrence",
    states=OCCURRENCE_STATES,
    steps=(
        Step("plan", ("planned", "postponed"), "planned", "plans.manage_occurrence", _("Set the date")),
        Step(
            "hold",
            ("planned", "postponed"),
            "held",
            "plans.manage_occurrence",
            _("Mark as held"),
            tone="main",
        ),
        Step(
            "postpone",
            ("planned", "postponed"),
            "postponed",
            "plans.manage_occurrence",
            _("Postpone"),
            needs_note=True,
        ),
        Step(
            "cancel",
            ("planned", "postponed"),
            "cancelled",
            "plans.manage_occurrence",
            _("Call off"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "end",
            ("planned", "postponed"),
            "cancelled",
            _END,
            _("End with its task"),
            needs_note=True,
            is_conducted=True,
        ),
    ),
)
