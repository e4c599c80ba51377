from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core import slots


class ApiConfig(AppConfig):
    name = "loa.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.api import actions  # noqa: PLC0415  models are ready only now
        from loa.core import history, queue  # noqa: PLC0415

        slots.register("administration", "connect:connections", _("Other systems"))
        history.when_recorded(actions.tell_of)
        history.describe_with(SENTENCES)
        queue.name_work(
            {
                "loa.api.jobs.send_sendings": _("Notify other systems"),
                "loa.api.clocks.send_unsent": _("Notify other systems of what was not delivered yet"),
                "loa.api.clocks.forget_old": _("Delete old notifications to other systems"),
            }
        )


SENTENCES = {
    "api_key.make": _("Created the key"),
    "api_key.revoke": _("Revoked the key"),
    "case_webhook.add": _("Connected the system"),
    "case_webhook.edit": _("Changed the connection"),
    "case_webhook.renew_secret": _("Created a new secret"),
    "case_webhook.remove": _("Disconnected the system"),
}
