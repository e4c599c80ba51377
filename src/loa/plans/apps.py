from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "loa.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_announceable, register_matters  # noqa: PLC0415  models
        from loa.core import counted_days, history, queue, slots  # noqa: PLC0415  they read models
        from loa.directory.queries import register_overseer  # noqa: PLC0415
        from loa.plans import actions, queries  # noqa: PLC0415
        from loa.plans.queries.citing import watch_plans  # noqa: PLC0415  models
        from loa.plans.queries.matters import MATTERS, PLAN_ANNOUNCEMENT  # noqa: PLC0415  models

        history.describe_with(SENTENCES)
        queue.name_work({"loa.plans.clocks.remind": _("Remind of plans' work")})
        counted_days.register_counted(
            "plans.Explanation",
            open_rows=queries.open_explanations,
            visible_to=queries.explanations_visible_to,
            move=actions.move_explanation_due,
        )
        register_overseer(queries.coordinates_a_plan)
        register_matters(*MATTERS)
        register_announceable(PLAN_ANNOUNCEMENT)
        watch_plans()
        slots.register("assignment", "channels:reminder_list", _("Reminders sent"), "assignment")
        slots.register("plan", "channels:announcement", _("Announced"), "plan")


SENTENCES = {
    "plan.import": _("Imported the plan"),
    "plan.issue": _("Issued the plan"),
    "plan.close": _("Closed the plan"),
    "plan.amend": _("Amended the plan"),
    "plan.open_next": _("Opened next year's plan"),
    "plan.ask_sub_plans": _("Asked the bodies for plans of their own"),
    "task.add": _("Added by an amendment"),
    "task.amend": _("Changed by an amendment"),
    "task.end": _("Ended the task"),
    "task.carry": _("To be carried over to next year"),
    "task.leave": _("Left unfinished"),
    "task.link_predecessor": _("Linked with the task it continues"),
    "task.carried_into": _("Continued in a later plan"),
    "task.unlink_predecessor": _("Took the link with the earlier task back"),
    "task.not_carried_into": _("The later task no longer continues it"),
    "amendment.draft": _("Drafted the amendment"),
    "amendment.edit": _("Corrected the amendment"),
    "amendment.propose": _("Put a change on the list"),
    "amendment.remove_change": _("Took a change off the list"),
    "amendment.issue": _("Issued the amendment"),
    "amendment.drop": _("Dropped the amendment"),
    "sub_plan.register": _("Entered the agency's own plan"),
    "sub_plan.take_back": _("Took the agency's own plan back"),
    "sub_plan.release": _("No longer asked for a plan of its own"),
    "sub_plan.ask_again": _("Asked again for a plan of its own"),
    "guidance.write": _("Wrote the note"),
    "guidance.edit": _("Corrected the note"),
    "guidance.send": _("Sent the note"),
    "guidance.withdraw": _("Withdrew the note"),
    "receipt.acknowledge": _("Acknowledged"),
    "receipt.ask": _("Asked a question"),
    "receipt.answer": _("Answered the question"),
    "talk.record": _("Recorded the talk"),
    "talk.change": _("Corrected the talk"),
    "talk.withdraw": _("Took the talk back"),
    "occurrence.end": _("Ended with its task"),
    "request.release": _("No longer asked to take part"),
    "request.ask_again": _("Asked again to take part"),
    "assignment.give": _("Gave the work under the task"),
    "task.give_work": _("Gave work under the task"),
    "assignment.end": _("The work was ended"),
    "assignment.resume": _("The work was assigned again"),
    "assignment.amend": _("The due date was changed by an amendment"),
    "assignment.lapse_extension": _("The request for more time lapsed"),
    "assignment.lapse_explanation": _("The question lapsed"),
    "duty_assignment.amend": _("The duty was changed by an amendment"),
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
    "assignment.hand_to_head": _("Submitted to the head"),
    "assignment.return_to_officer": _("Returned to the officer"),
    "assignment.submit": _("Approved and submitted"),
    "assignment.return_to_agency": _("Returned to the agency"),
    "assignment.accept_result": _("Accepted the result"),
    "assignment.reopen": _("Reopened"),
    "assignment.name_officer": _("Named the officer in charge"),
    "assignment.pass_charge": _("Another person is in charge"),
    "assignment.add_note": _("Noted what was done"),
    "assignment.record_deliverable": _("Added evidence"),
    "assignment.correct_deliverable": _("Corrected evidence, before it was:"),
    "assignment.restore_deliverable": _("Brought evidence back"),
    "assignment.withdraw_deliverable": _("Took evidence back"),
    "assignment.ask_extension": _("Asked for more time"),
    "assignment.extend": _("Granted more time"),
    "assignment.refuse_extension": _("Did not grant more time"),
    "assignment.ask_explanation": _("Asked for an explanation"),
    "assignment.give_explanation": _("Gave the explanation"),
    "assignment.move_explanation_due": _("The day to explain by moved with the calendar"),
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
    "duty_assignment.correct_deliverable": _("Corrected evidence, before it was:"),
    "duty_assignment.restore_deliverable": _("Brought evidence back"),
    "duty_assignment.withdraw_deliverable": _("Took evidence back"),
}
