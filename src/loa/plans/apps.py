from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "loa.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  it reads models

        history.describe_with(SENTENCES)


SENTENCES = {
    "plan.import": _("Imported the plan"),
    "plan.issue": _("Issued the plan"),
    "plan.close": _("Closed the plan"),
    "task.classify": _("Classified the task"),
    "task.enter_target": _("Entered what is reached"),
    "task.add_occurrence": _("Added an occurrence"),
    "occurrence.plan": _("Set when it takes place"),
    "occurrence.hold": _("Took place"),
    "occurrence.postpone": _("Postponed"),
    "occurrence.cancel": _("Cancelled"),
    "request.agree": _("Agreed to take part"),
    "request.decline": _("Declined to take part"),
    "request.contribute": _("Reported the contribution"),
    "assignment.accept": _("Accepted the work"),
    "assignment.begin": _("Began the work"),
    "assignment.hand_to_head": _("Handed to the head"),
    "assignment.return_to_officer": _("Returned to the officer"),
    "assignment.submit": _("Approved and submitted"),
    "assignment.return_to_agency": _("Returned to the agency"),
    "assignment.accept_result": _("Accepted the result"),
    "assignment.reopen": _("Opened again"),
    "assignment.name_officer": _("Named the officer in charge"),
    "assignment.pass_charge": _("Another person is in charge"),
    "assignment.add_note": _("Noted what was done"),
    "assignment.record_deliverable": _("Added evidence"),
    "assignment.restore_deliverable": _("Brought evidence back"),
    "assignment.withdraw_deliverable": _("Took evidence back"),
    "assignment.ask_extension": _("Asked for more time"),
    "assignment.extend": _("Granted more time"),
    "assignment.refuse_extension": _("Did not grant more time"),
    "assignment.ask_explanation": _("Asked for an explanation"),
    "assignment.give_explanation": _("Gave the explanation"),
    "assignment.hand_over": _("Passed to the successor"),
    "assignment.receive": _("Took on what a predecessor left open"),
    "extension.hand_over": _("Passed to the successor"),
    "explanation.hand_over": _("Passed to the successor"),
    "request.hand_over": _("Passed to the successor"),
    "occurrence.hand_over": _("Passed to the successor"),
    "duty_assignment.hand_over": _("Passed to the successor"),
    "duty_assignment.pass_on": _("Ended: the successor has the same duty"),
    "plan.hand_over_coordinator": _("Another body coordinates"),
    "plan.hand_over_accepting_office": _("Another office accepts the coordinator's work"),
    "plan.hand_over_issuer": _("Another body stands for the issuer"),
    "plan.hand_over_rule": _("Reports go to the successor"),
    "plan.hand_over_names": _("Named the successor where the draft names a body that ended"),
    "duty_assignment.add_note": _("Noted what was done"),
    "duty_assignment.record_deliverable": _("Added evidence"),
    "duty_assignment.restore_deliverable": _("Brought evidence back"),
    "duty_assignment.withdraw_deliverable": _("Took evidence back"),
}
