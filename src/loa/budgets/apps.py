from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    name = "loa.budgets"
    label = "budgets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, slots  # noqa: PLC0415  models are ready only now

        slots.register("plan", "budgets:plan_money", _("Money"))
        slots.register("task", "budgets:task_money", _("Money"))
        history.describe_with(SENTENCES)


SENTENCES = {
    "budget.open": _("Opened the budget"),
    "budget.change": _("Set who does what with the money"),
    "budget.hand_over": _("Passed to the body that follows"),
    "norm.add": _("Added the norm"),
    "norm.change": _("Changed the norm"),
    "ceiling.add": _("Added the ceiling"),
    "ceiling.change": _("Changed the ceiling"),
    "ceiling.hand_over": _("Passed to the body that follows"),
    "estimate.begin": _("Began the estimate"),
    "estimate.edit": _("Wrote in the estimate"),
    "estimate.add_lines": _("Added lines"),
    "estimate.replace_lines": _("Replaced the lines"),
    "estimate.remove_line": _("Removed a line"),
    "estimate.submit": _("Signed and submitted"),
    "estimate.consolidate": _("Took it into the consolidation"),
    "estimate.return_to_agency": _("Returned to the agency"),
    "estimate.return_to_writer": _("Returned to the writer"),
    "estimate.send_to_appraisal": _("Sent to appraisal"),
    "estimate.appraise_content": _("Appraised the content"),
    "estimate.appraise_money": _("Appraised the money"),
    "estimate.accept_rest_content": _("Accepted the rest of the content"),
    "estimate.accept_rest_money": _("Accepted the rest of the money"),
    "estimate.finish_content": _("Finished the appraisal of content"),
    "estimate.finish_money": _("Finished the appraisal of money"),
    "estimate.resume_content": _("Resumed the appraisal of content"),
    "estimate.resume_money": _("Resumed the appraisal of money"),
    "estimate.submit_to_committee": _("Submitted to the committee"),
    "estimate.approve": _("Approved"),
    "estimate.approved_by_decision": _("Recorded what the decision gives"),
    "estimate.begin_spending": _("Began to spend"),
    "estimate.commit": _("Recorded a contract"),
    "estimate.withdraw_commitment": _("Took a contract back"),
    "estimate.pay": _("Recorded a payment"),
    "estimate.withdraw_payment": _("Took a payment back"),
    "estimate.settle_line": _("Settled a line"),
    "estimate.settle_rest": _("Settled the other lines"),
    "estimate.carry": _("Carried unspent money on"),
    "estimate.settle": _("Submitted the settlement"),
    "estimate.return_settlement": _("Returned the settlement"),
    "estimate.close": _("Accepted the settlement and closed"),
    "estimate.hand_over": _("Passed to the body that follows"),
}
