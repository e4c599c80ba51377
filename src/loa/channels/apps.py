from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core import slots


class ChannelsConfig(AppConfig):
    name = "loa.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, queue  # noqa: PLC0415  they read models

        queue.name_work(
            {
                "loa.channels.jobs.send_deliveries": _("Send e-mail"),
                "loa.channels.jobs.tell_delegation": _("Tell of a stand-in"),
                "loa.channels.clocks.send_unsent": _("Send e-mail not yet sent"),
                "loa.channels.clocks.send_digests": _("Send the daily digests"),
                "loa.channels.clocks.doubt_stuck_posts": _("Set aside posts that may be out already"),
            }
        )
        slots.register("administration", "channels:failed_delivery_list", _("E-mail not sent"))
        slots.register("administration", "channels:channel_settings", _("Reminders and outlets"))
        history.describe_with(
            {
                "reminder_rule.add": _("Added a step"),
                "reminder_rule.edit": _("Changed a step"),
                "outlet.add": _("Added an outlet"),
                "outlet.edit": _("Changed an outlet"),
                "post.hand_over": _("Passed to the successor"),
            }
        )
