from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "loa.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_matters  # noqa: PLC0415  models are ready only now
        from loa.core import administration, counted_days, front, history, live, queue, sealing, slots  # noqa: PLC0415
        from loa.feedback import actions, queries  # noqa: PLC0415
        from loa.feedback.queries.front_answers import front_answers  # noqa: PLC0415
        from loa.feedback.queries.matters import MATTERS  # noqa: PLC0415
        from loa.plans.actions import follow_assignments  # noqa: PLC0415

        counted_days.register_counted(
            "feedback.CaseClock",
            open_rows=queries.running_clocks,
            visible_to=queries.clocks_visible_to,
            move=actions.move_due,
        )
        follow_assignments(actions.follow_work)
        register_matters(*MATTERS, *queries.PROMISE_MATTERS)
        slots.register("dialogue", "feedback:hall_fragment", _("Questions of the dialogue"))
        slots.register("public_dialogue", "feedback:dialogue_hall", _("Join the dialogue"))
        slots.register("promise", "channels:reminder_list", _("Reminders sent"), "promise")
        front.register("feedback/dialogue/front.html", queries.next_dialogue, order=5)
        live.register_topic("dialogue", may_listen=queries.may_watch, is_public=True)
        live.register_topic("moderation", may_listen=queries.may_moderate)
        slots.register(
            "procedure", "feedback:ask_procedure", _("Write your question; an answer is due by law")
        )
        queue.name_work(WORK)
        for label in ("feedback.CaseFile", "feedback.DraftFile", "feedback.DenunciationFile"):
            sealing.name_sealed_files(label)
        administration.register_page(
            "feedback:desk_list", _("Intake of cases"), "comment", "feedback.keep_intake", order=60
        )
        history.describe_with(SENTENCES)
        front.register("feedback/front_answers.html", front_answers, order=30)
        slots.register("case", "feedback:case_publicity", _("For everybody"))
        for place, noun in (("assignment", "viec"), ("duty_assignment", "nhiem-vu-thuong-xuyen")):
            slots.register(place, "feedback:counted_answers", _("Answers to citizens that count"), noun)
        history.withhold("feedback.Case", queries.isolated_cases)


WORK = {
    "loa.feedback.clocks.end_waiting": _("Let the clocks of cases run again whose senders did not reply"),
    "loa.feedback.clocks.close_answered": _("Close answered cases"),
    "loa.feedback.clocks.remind": _("Remind of cases"),
    "loa.feedback.clocks.remind_of_promises": _("Remind of promises"),
    "loa.feedback.clocks.remind_of_letters": _("Remind officers of letters"),
    "loa.feedback.clocks.release_questions": _("Pass questions of ended sessions on as cases"),
    "loa.feedback.clocks.tell_subscribers": _("Write to followers of answers"),
    "loa.feedback.clocks.learn": _("Learn from answered cases"),
    "loa.feedback.clocks.purge_drafts": _("Erase old drafts of the public form"),
    "loa.feedback.clocks.purge_identities": _("Erase senders' details when due"),
    "loa.feedback.clocks.purge_subscriptions": _("Erase addresses that were never confirmed"),
}
SENTENCES = {
    "case.submit": _("Came in"),
    "case.take_in_merged": _("Another case is answered together with this one"),
    "case.name_officer": _("Assigned to an officer"),
    "case.extend": _("Extended the time to answer"),
    "case.say_status": _("Informed the sender of progress"),
    "case.ask_information": _("Asked the sender a question"),
    "case.give_information": _("The sender replied"),
    "case.end_waiting": _("No longer waits for a reply"),
    "case.read_identity": _("Opened the sender's details"),
    "case.attach": _("Added a file to the answer"),
    "case.detach": _("Took a file out of the answer"),
    "case.keep_private": _("Not published, for a reason"),
    "public_answer.publish": _("Put into the public register"),
    "public_answer.edit": _("Changed the published text"),
    "public_answer.withdraw": _("Taken down from the public register"),
    "assignment.count_answers": _("Published answers count for this work"),
    "assignment.stop_counting_answers": _("Published answers no longer count for this work"),
    "duty_assignment.count_answers": _("Published answers count for this work"),
    "duty_assignment.stop_counting_answers": _("Published answers no longer count for this work"),
    "case.hand_over": _("Passed to the body that follows"),
    "case.hand_over_intake": _("Its intake passed to the body that follows"),
    "case_share.ask": _("Asked an agency for its part"),
    "case_share.hand_over": _("Its part passed to the body that follows"),
    "intake_desk.hand_over": _("The desk passed to the body that follows"),
    "answer_template.add": _("Added an answer template"),
    "answer_template.edit": _("Changed an answer template"),
    "answer_template.remove": _("Removed an answer template"),
    "case.rate_again": _("Rated the answer anew"),
    "case.withdraw_consent": _("Withdrew a consent"),
    "case.ask_data": _("Made a personal data request"),
    "case.carry_out_data": _("Carried out a personal data request"),
    "case.purge": _("Erased the sender's details: the retention period is over"),
    "data_request.ask": _("Requested by the sender of the case"),
    "case.classify_again": _("Classified anew"),
    "intake_desk.save": _("Set up the intake desk"),
    "subject.save": _("Changed the subject"),
    "refusal_ground.save": _("Changed the ground"),
    "routing_rule.save": _("Changed the rule"),
    "routing_rule.move": _("Moved the rule in its order"),
    "routing_rule.end": _("Ended the rule"),
    "case.take_into_session": _("Brought into a dialogue"),
    "case.release": _("The dialogue has ended: its own clocks run now"),
    "question.shortlist": _("Put on the shortlist"),
    "question.unlist": _("Taken off the shortlist"),
    "question.put_on_air": _("Put on air"),
    "question.draft": _("Wrote in the answer"),
    "event.draft_poll": _("Prepared a poll"),
    "event.open_poll": _("Opened a poll"),
    "event.close_poll": _("Closed a poll"),
    "promise.keep": _("Marked as kept"),
    "promise.make": _("Promised"),
    "promise.link": _("Became work of the plan"),
    "promise.hand_over": _("Passed to the body that follows"),
    "assignment.count_answers_of_successor": _("Answers of the body that follows count for it"),
    "duty_assignment.count_answers_of_successor": _("Answers of the body that follows count for it"),
    "promise.make_work": _("Became new work of the plan"),
    "case.move_due": _("The working calendar moved a time limit of this case"),
}
