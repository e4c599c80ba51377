from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "loa.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import (  # noqa: PLC0415  models are ready only now
            administration,
            counted_days,
            history,
            queue,
            sealing,
            slots,
        )
        from loa.feedback import actions, queries  # noqa: PLC0415

        counted_days.register_counted(
            "feedback.CaseClock",
            open_rows=queries.running_clocks,
            visible_to=queries.clocks_visible_to,
            move=actions.move_due,
        )
        slots.register(
            "procedure", "feedback:ask_procedure", _("Write your question; the answer is due by law")
        )
        queue.name_work(
            {
                "loa.feedback.clocks.purge_drafts": _("Forget drafts of the public form"),
                "loa.feedback.clocks.purge_identities": _("Forget who asked when its time is over"),
            }
        )
        for label in ("feedback.CaseFile", "feedback.DraftFile", "feedback.DenunciationFile"):
            sealing.name_sealed_files(label)
        administration.register_page(
            "feedback:desk_list", _("Intake of cases"), "comment", "feedback.keep_intake", order=60
        )
        history.describe_with(SENTENCES)
        queue.name_work(
            {
                "loa.feedback.clocks.learn": _("Learn from answered cases"),
                "loa.feedback.clocks.remind_of_letters": _("Remind officers of letters"),
            }
        )
        history.withhold("feedback.Case", queries.isolated_cases)


SENTENCES = {
    "case.submit": _("Came in"),
    "case.take_in_merged": _("Another case is answered together with this one"),
    "case.name_officer": _("Given to an officer"),
    "case.extend": _("Extended the time to answer"),
    "case.say_status": _("Told the asker how it stands"),
    "case.ask_information": _("Asked the asker a question"),
    "case.give_information": _("The asker replied"),
    "case.end_waiting": _("No longer waits for a reply"),
    "case.rate_again": _("Rated the answer anew"),
    "case.withdraw_consent": _("Took a consent back"),
    "case.ask_data": _("Asked for something to be done with own data"),
    "case.carry_out_data": _("Carried out a request about own data"),
    "case.purge": _("Forgot who asked: the time for keeping it is over"),
    "data_request.ask": _("Asked by who wrote the case"),
    "case.classify_again": _("Classified anew"),
    "intake_desk.save": _("Set up the intake desk"),
    "subject.save": _("Changed the subject"),
    "refusal_ground.save": _("Changed the ground"),
    "routing_rule.save": _("Changed the rule"),
    "routing_rule.move": _("Moved the rule in its order"),
    "routing_rule.end": _("Ended the rule"),
    "case.move_due": _("The working calendar moved a day of this case"),
}
