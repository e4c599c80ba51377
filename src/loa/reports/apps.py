from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "loa.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, slots  # noqa: PLC0415  models are ready only now

        slots.register("plan", "reports:plan_rounds", _("Reports"))
        slots.register("task", "reports:task_reported", _("Reported as"))
        history.describe_with(
            {
                "round.open": _("Opened the round"),
                "report.hand_over": _("Passed to the successor"),
                "report.receive": _("Took on what a predecessor had written"),
                "report.edit": _("Edited the report"),
                "consolidation.draft": _("Drafted the consolidated report"),
                "consolidation.redraft": _("Drafted it anew"),
                "consolidation.edit_sentence": _("Edited a sentence"),
                "consolidation.drop_sentence": _("Dropped a sentence"),
                "consolidation.restore_sentence": _("Restored a sentence"),
                "consolidation.add_sentence": _("Added a sentence"),
                "consolidation.attach_signed_copy": _("Attached the signed copy"),
            }
        )
