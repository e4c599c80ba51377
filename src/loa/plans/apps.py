from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "loa.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_announceable, register_matters  # noqa: PLC0415  models
        from loa.core import history, slots  # noqa: PLC0415  it reads models
        from loa.plans.queries.matters import MATTERS, PLAN_ANNOUNCEMENT  # noqa: PLC0415  models

        history.describe_with(SENTENCES)
        register_matters(*MATTERS)
        register_announceable(PLAN_ANNOUNCEMENT)
        slots.register("assignment", "channels:reminder_list", _("Reminders sent"), "assignment")
        slots.register("plan", "channels:announcement", _("Announced"), "plan")


SENTENCES = {
    "plan.import": _("Imported the plan"),
    "plan.issue": _("Issued the plan"),
    "plan.close": _("Closed the plan"),
    "plan.announce": _("Announced on outlets"),
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
    "assignment.add_note": _("Noted what was done"),
    "assignment.record_deliverable": _("Added evidence"),
    "assignment.restore_deliverable": _("Brought evidence back"),
    "assignment.withdraw_deliverable": _("Took evidence back"),
    "assignment.ask_extension": _("Asked for more time"),
    "assignment.extend": _("Granted more time"),
    "assignment.refuse_extension": _("Did not grant more time"),
    "assignment.ask_explanation": _("Asked for an explanation"),
    "assignment.give_explanation": _("Gave the explanation"),
    "duty_assignment.add_note": _("Noted what was done"),
    "duty_assignment.record_deliverable": _("Added evidence"),
    "duty_assignment.restore_deliverable": _("Brought evidence back"),
    "duty_assignment.withdraw_deliverable": _("Took evidence back"),
}
