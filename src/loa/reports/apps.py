from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "loa.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_announceable, register_matters  # noqa: PLC0415  models
        from loa.core import history, slots  # noqa: PLC0415  models are ready only now
        from loa.reports.queries.matters import MATTERS, REPORT_ANNOUNCEMENT  # noqa: PLC0415  models

        register_matters(*MATTERS)
        register_announceable(REPORT_ANNOUNCEMENT)
        slots.register("report", "channels:reminder_list", _("Reminders sent"), "report")
        slots.register("consolidation", "channels:announcement", _("Announced"), "consolidation")

        slots.register("plan", "reports:plan_rounds", _("Reports"))
        slots.register("task", "reports:task_reported", _("Reported as"))
        history.describe_with(
            {
                "round.open": _("Opened the round"),
                "report.edit": _("Edited the report"),
                "consolidation.draft": _("Drafted the consolidated report"),
                "consolidation.redraft": _("Drafted it anew"),
                "consolidation.edit_sentence": _("Edited a sentence"),
                "consolidation.drop_sentence": _("Dropped a sentence"),
                "consolidation.restore_sentence": _("Restored a sentence"),
                "consolidation.add_sentence": _("Added a sentence"),
                "consolidation.announce": _("Announced on outlets"),
                "consolidation.attach_signed_copy": _("Attached the signed copy"),
            }
        )
