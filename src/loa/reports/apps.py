from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "loa.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_announceable, register_matters  # noqa: PLC0415  models
        from loa.core import counted_days, history, legal, queue, slots  # noqa: PLC0415  models are ready only now
        from loa.reports import actions, queries  # noqa: PLC0415
        from loa.reports.queries import case_formulas, event_formulas  # noqa: F401, PLC0415  they add themselves
        from loa.reports.queries.matters import MATTERS, REPORT_ANNOUNCEMENT  # noqa: PLC0415  models

        counted_days.register_counted(
            "reports.ReportRound",
            open_rows=queries.open_rounds,
            visible_to=queries.rounds_visible_to,
            move=actions.move_round_due,
        )
        queue.name_work(WORK)
        legal.name_values({"mark": _("Mark of its periods")})
        register_matters(*MATTERS)
        register_announceable(REPORT_ANNOUNCEMENT)
        slots.register("report", "channels:reminder_list", _("Reminders sent"), "report")
        slots.register("consolidation", "channels:announcement", _("Announced"), "consolidation")

        slots.register("plan", "reports:plan_rounds", _("Reports"))
        slots.register("task", "reports:task_reported", _("Reported as"))
        history.describe_with(SENTENCES)


WORK = {
    "loa.reports.jobs.prefill_round": _("Prefill the reports of a round"),
    "loa.reports.jobs.draft_round": _("Draft the consolidated report of a round"),
    "loa.reports.clocks.propose_standing_rules": _("Propose the reporting rules printed in plans"),
    "loa.reports.clocks.open_due_rounds": _("Open rounds whose day has come"),
    "loa.reports.clocks.close_ended_rounds": _("Close rounds that are over"),
    "loa.reports.clocks.remind": _("Remind of reports"),
}
SENTENCES = {
    "round.open": _("Opened the round"),
    "round.extend": _("Gave everybody more time"),
    "round.move_due": _("The working calendar moved the due date"),
    "round.add_body": _("Asked one more body"),
    "round.excuse_body": _("Excused a body"),
    "round.ask_body_again": _("Asked an excused body again"),
    "round.extend_body": _("Gave a body more time"),
    "standing_rule.propose": _("Read from the plan"),
    "standing_rule.set": _("Set this rule"),
    "standing_rule.edit": _("Changed the rule"),
    "report.extend": _("Gave more time"),
    "report.ask_extension": _("Asked for more time"),
    "report.refuse_extension": _("Refused more time"),
    "report.hand_over": _("Passed to the successor"),
    "report.receive": _("Took on what a predecessor had written"),
    "report.edit": _("Edited the report"),
    "report.attach": _("Attached a file"),
    "report.detach": _("Removed a file"),
    "report.comment": _("Commented"),
    "report.reply": _("Replied to a comment"),
    "report.ask_explanation": _("Asked for an explanation"),
    "report.explain": _("Explained"),
    "report.resolve_comment": _("Marked a comment as resolved"),
    "report.reopen_comment": _("Opened a comment again"),
    "template.make_version": _("Made a new version of the outline"),
    "template.change": _("Changed the outline"),
    "template.end": _("A later version takes its place"),
    "consolidation.draft": _("Drafted the consolidated report"),
    "consolidation.redraft": _("Drafted it anew"),
    "consolidation.edit_sentence": _("Edited a sentence"),
    "consolidation.drop_sentence": _("Dropped a sentence"),
    "consolidation.restore_sentence": _("Restored a sentence"),
    "consolidation.add_sentence": _("Added a sentence"),
    "consolidation.announce": _("Announced on outlets"),
    "consolidation.attach_signed_copy": _("Attached the signed copy"),
}
