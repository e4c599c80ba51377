"""The state tables of what a plan's year brings: amendments, plans of the bodies, guidance, woven communication."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core.workflow import Flow, Step

AMENDMENT_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "issued": _("Issued"),
    "dropped": _("Dropped"),
}

AMENDMENT = Flow(
    noun="amendment",
    states=AMENDMENT_STATES,
    steps=(
        Step("issue", ("draft",), "issued", "plans.issue_amendment", _("Issue the amendment"), tone="main"),
        Step("drop", ("draft",), "dropped", "plans.amend_plan", _("Drop"), needs_note=True, tone="danger"),
    ),
)

SUB_PLAN_STATES = {"asked": _("Not yet"), "issued": _("Issued"), "released": _("No longer asked")}

SUB_PLAN = Flow(
    noun="sub_plan",
    states=SUB_PLAN_STATES,
    steps=(
        Step(
            "register",
            ("asked",),
            "issued",
            "plans.register_sub_plan",
            _("Enter our plan"),
            tone="main",
        ),
        Step(
            "take_back",
            ("issued",),
            "asked",
            "plans.take_back_sub_plan",
            _("Take back"),
            needs_note=True,
            tone="danger",
        ),
        Step(
            "release",
            ("asked",),
            "released",
            "plans.ask_sub_plans",
            _("Release"),
            needs_note=True,
            tone="danger",
        ),
        Step("ask_again", ("released",), "asked", "plans.ask_sub_plans", _("Ask again")),
    ),
)

GUIDANCE_STATES = {
    "draft": pgettext_lazy("official", "Draft"),
    "sent": _("Sent"),
    "withdrawn": _("Withdrawn"),
}

GUIDANCE = Flow(
    noun="guidance",
    states=GUIDANCE_STATES,
    steps=(
        Step("send", ("draft",), "sent", "plans.guide", _("Send"), tone="main"),
        Step(
            "withdraw",
            ("draft", "sent"),
            "withdrawn",
            "plans.guide",
            _("Withdraw the note"),
            needs_note=True,
            tone="danger",
        ),
    ),
)

RECEIPT_STATES = {
    "waiting": _("Not acknowledged"),
    "acknowledged": _("Acknowledged"),
    "questioned": _("Acknowledged, with a question"),
    "answered": _("Question answered"),
}

RECEIPT = Flow(
    noun="receipt",
    states=RECEIPT_STATES,
    steps=(
        Step(
            "acknowledge",
            ("waiting",),
            "acknowledged",
            "plans.acknowledge_guidance",
            _("Acknowledge"),
            tone="main",
        ),
        Step(
            "ask",
            ("waiting", "acknowledged", "answered"),
            "questioned",
            "plans.acknowledge_guidance",
            _("Ask a question"),
            needs_note=True,
        ),
        Step(
            "answer",
            ("questioned",),
            "answered",
            "plans.answer_guidance",
            _("Answer"),
            needs_note=True,
            tone="main",
        ),
    ),
)

TALK_STATES = {"recorded": _("Recorded"), "withdrawn": _("Withdrawn")}

TALK = Flow(
    noun="talk",
    states=TALK_STATES,
    steps=(
        Step(
            "withdraw",
            ("recorded",),
            "withdrawn",
            "plans.change_talk",
            _("Take back"),
            needs_note=True,
            tone="danger",
        ),
    ),
)
