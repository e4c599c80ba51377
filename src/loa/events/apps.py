from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "loa.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_matters  # noqa: PLC0415  models are ready only now
        from loa.core import counted_days, front, history, legal, queue, slots  # noqa: PLC0415
        from loa.events import actions, queries  # noqa: PLC0415

        counted_days.register_counted(
            "events.Event",
            "conclusion_due_on",
            open_rows=queries.unconcluded_events,
            visible_to=queries.events_visible_to,
            move=actions.move_conclusion_due,
        )
        register_matters(*queries.MATTERS)
        legal.name_values(
            {"shortest_minutes": _("Shortest, in minutes"), "longest_minutes": _("Longest, in minutes")}
        )
        queue.name_work(
            {
                "loa.events.clocks.remind": _("Remind about names and conclusions of events"),
                "loa.events.clocks.tell_soon": _("Announce tomorrow's events to those concerned"),
                "loa.events.clocks.tell_long": _("Warn that a dialogue runs longer than is laid down"),
                "loa.events.jobs.tell_registered": _("E-mail to people who registered for an event"),
                "loa.events.clocks.purge": _("Remove contacts of people who came to events"),
            }
        )
        slots.register("task", "events:task_events", _("Events of this task"))
        slots.register("invitation", "channels:reminder_list", _("Reminders sent"), "event_nomination")
        slots.register("event", "channels:reminder_list", _("Reminders sent"), "event_conclusion")
        front.register("events/front_coming.html", queries.next_public_events, order=10)
        history.describe_with(SENTENCES)


SENTENCES: dict[str, object] = {
    "event.draft": _("Drafted the event"),
    "event.edit": _("Changed the event"),
    "event.set_programme": _("Set the programme"),
    "event.set_panel": _("Named who answers in the dialogue"),
    "event.confirm_panel": _("Confirmed that it sends somebody who can answer"),
    "event.invite": _("Invited a body"),
    "event.add_material": _("Added a file"),
    "event.drop_material": _("Removed a file"),
    "event.keep_recording": _("Saved the recording or its subtitles"),
    "event.add_person": _("Add a participant"),
    "event.register_at_door": _("Recorded a person at the door"),
    "event.mark_presence": _("Recorded attendance"),
    "event.mark_session": _("Recorded attendance in the session"),
    "event.give_certificates": _("Issued certificates"),
    "event.hand_over": _("Passed to the body that follows"),
    "event.hand_over_seat": _("The place in the dialogue passed to the body that follows"),
    "event.move_due": _("The working calendar moved the last day for the conclusion"),
    "event.hand_in": _("Submitted to the head"),
    "event.approve": _("Approved"),
    "event.return_to_organiser": _("Returned to the organiser"),
    "event.announce": _("Announced the event"),
    "event.open": _("The event began"),
    "event.end": _("The event ended"),
    "event.conclude": _("Closed the event as concluded"),
    "event.take_up": _("Reopened the event"),
    "event.postpone": _("Postponed the event"),
    "event.set_anew": _("Set the new time"),
    "event.cancel": _("Cancelled the event"),
    "event_series.add": _("Added the series"),
    "event_series.edit": _("Changed the series"),
    "event_series.hand_over": _("Passed to the body that follows"),
    "invitation.send": _("Sent the invitation"),
    "invitation.change": _("Changed the number of places"),
    "invitation.answer": _("Answered the invitation"),
    "invitation.name_people": _("Submitted names"),
    "invitation.replace": _("Sent another person instead"),
    "invitation.decline": _("Declined the invitation"),
    "invitation.withdraw": _("Took the invitation back"),
    "invitation.hand_over": _("Passed to the body that follows"),
    "registration.register": _("Registered on the portal"),
    "registration.give_place": _("Got a place"),
    "registration.replace": _("Replaced by another person"),
    "registration.stay_away": _("Is not coming"),
    "registration.purge": _("Contacts were removed: their time was over"),
    "event_paper.begin": _("Began the paper"),
    "event_paper.write": _("Wrote the paper"),
    "event_paper.hand_in": _("Submitted to the head"),
    "event_paper.issue": _("Signed and issued"),
    "event_paper.return_to_writer": _("Returned to the writer"),
}
