from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "loa.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_matters  # noqa: PLC0415  models are ready only now
        from loa.core import counted_days, front, history, live, slots  # noqa: PLC0415
        from loa.feedback import actions, queries  # noqa: PLC0415

        counted_days.register_counted(
            "feedback.CaseClock",
            open_rows=queries.running_clocks,
            visible_to=queries.clocks_visible_to,
            move=actions.move_due,
        )
        slots.register("dialogue", "feedback:hall_fragment", _("Questions of the dialogue"))
        slots.register("public_dialogue", "feedback:dialogue_hall", _("Go into the dialogue"))
        slots.register("promise", "channels:reminder_list", _("Reminders sent"), "promise")
        front.register("feedback/dialogue/front.html", queries.next_dialogue, order=5)
        register_matters(*queries.PROMISE_MATTERS)
        live.register_topic("dialogue", may_listen=queries.may_watch, is_public=True)
        live.register_topic("moderation", may_listen=queries.may_moderate)
        history.describe_with(SENTENCES)


SENTENCES = {
    "case.submit": _("Came in"),
    "case.take_in_merged": _("Another case is answered together with this one"),
    "case.name_officer": _("Given to an officer"),
    "case.extend": _("Extended the time to answer"),
    "case.say_status": _("Told the asker how it stands"),
    "case.ask_information": _("Asked the asker a question"),
    "case.give_information": _("The asker replied"),
    "case.end_waiting": _("No longer waits for a reply"),
    "case.attach": _("Taken into a dialogue"),
    "case.release": _("The dialogue has ended: its own clocks run now"),
    "question.shortlist": _("Put on the shortlist"),
    "question.unlist": _("Taken off the shortlist"),
    "question.put_on_air": _("Put on air"),
    "question.draft": _("Wrote in the answer"),
    "event.draft_poll": _("Prepared a poll"),
    "event.open_poll": _("Opened a poll"),
    "event.close_poll": _("Closed a poll"),
    "promise.keep": _("Said that it is kept"),
    "promise.make": _("Promised"),
    "promise.link": _("Became work of the plan"),
    "case.move_due": _("The working calendar moved a day of this case"),
}
