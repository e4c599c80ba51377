"""The state table of an estimate. State sits on it: of one plan some are approved while others are drafts."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

ESTIMATE_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "with_head": _("With the head"),
    "returned": _("Returned"),
    "submitted": _("Submitted"),
    "consolidated": _("Consolidated"),
    "in_appraisal": _("In appraisal"),
    "appraised": _("Appraised"),
    "with_committee": _("With the committee"),
    "approved": _("Approved"),
    "spending": _("Being spent"),
    "settled": _("Settled"),
    "closed": _("Closed"),
}
# how a badge looks, where core's common words do not say it
STATE_TONES = {
    "consolidated": "wait",
    "in_appraisal": "wait",
    "appraised": "wait",
    "with_committee": "wait",
    "spending": "run",
    "settled": "wait",
    "closed": "done",
}
WRITABLE_STATES = ("draft", "returned")
# what other bodies see, and what counts as proposed
HANDED_IN_STATES = (
    "submitted",
    "consolidated",
    "in_appraisal",
    "appraised",
    "with_committee",
    "approved",
    "spending",
    "settled",
    "closed",
)
APPRAISED_STATES = ("appraised", "with_committee", "approved", "spending", "settled", "closed")
APPROVED_STATES = ("approved", "spending", "settled", "closed")
SPENDING_STATES = ("approved", "spending")

ESTIMATE = Flow(
    noun="estimate",
    states=ESTIMATE_STATES,
    steps=(
        # its agency
        Step(
            "hand_to_head",
            ("draft", "returned"),
            "with_head",
            "budgets.write_estimate",
            _("Submit to the head"),
            tone="main",
        ),
        Step(
            "return_to_writer",
            ("with_head",),
            "returned",
            "budgets.submit_estimate",
            _("Return to the writer"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "submit",
            ("with_head",),
            "submitted",
            "budgets.submit_estimate",
            _("Sign and submit"),
            tone="main",
        ),
        # the coordinator
        Step(
            "consolidate",
            ("submitted",),
            "consolidated",
            "budgets.consolidate_estimate",
            _("Take into the consolidation"),
            tone="main",
        ),
        Step(
            "return_to_agency",
            ("submitted", "consolidated"),
            "returned",
            "budgets.consolidate_estimate",
            _("Return to the agency"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "send_to_appraisal",
            ("consolidated",),
            "in_appraisal",
            "budgets.consolidate_estimate",
            _("Send to appraisal"),
            tone="main",
        ),
        # the two bodies that appraise the same lines at the same time
        Step(
            "finish_content",
            ("in_appraisal",),
            "in_appraisal",
            "budgets.finish_content",
            _("Finish the appraisal of content"),
            tone="main",
        ),
        Step(
            "finish_money",
            ("in_appraisal",),
            "in_appraisal",
            "budgets.finish_money",
            _("Finish the appraisal of money"),
            tone="main",
        ),
        Step(
            "resume_content",
            ("in_appraisal",),
            "in_appraisal",
            "budgets.resume_content",
            _("Resume our appraisal"),
        ),
        Step(
            "resume_money",
            ("in_appraisal",),
            "in_appraisal",
            "budgets.resume_money",
            _("Resume our appraisal"),
        ),
        Step(
            "complete_appraisal",
            ("in_appraisal",),
            "appraised",
            "budgets.appraise_estimate",
            _("Both bodies have finished"),
        ),
        Step(
            "return_to_coordinator",
            ("in_appraisal",),
            "consolidated",
            "budgets.appraise_estimate",
            _("Return to the coordinator"),
            needs_note=True,
            tone="danger",
        ),
        # on to the committee
        Step(
            "return_to_appraisal",
            ("appraised",),
            "in_appraisal",
            "budgets.consolidate_estimate",
            _("Return to appraisal"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "submit_to_committee",
            ("appraised",),
            "with_committee",
            "budgets.consolidate_estimate",
            _("Submit to the committee"),
            tone="main",
        ),
        Step(
            "return_from_committee",
            ("with_committee",),
            "appraised",
            "budgets.approve_estimate",
            _("Return to the coordinator"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "approve",
            ("with_committee",),
            "approved",
            "budgets.approve_estimate",
            _("Approve"),
            tone="main",
        ),
        # spending and the end of the year
        Step(
            "begin_spending",
            ("approved",),
            "spending",
            "budgets.spend_estimate",
            _("Begin to spend"),
        ),
        Step(
            "settle",
            ("approved", "spending"),
            "settled",
            "budgets.submit_estimate",
            _("Submit the settlement"),
            tone="main",
        ),
        Step(
            "return_settlement",
            ("settled",),
            "spending",
            "budgets.close_estimate",
            _("Return the settlement"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "close",
            ("settled",),
            "closed",
            "budgets.close_estimate",
            _("Accept the settlement and close"),
            tone="main",
        ),
    ),
)
