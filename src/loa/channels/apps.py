from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core import slots


class ChannelsConfig(AppConfig):
    name = "loa.channels"
    label = "channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        slots.register("administration", "channels:failed_delivery_list", _("Mail that did not leave"))
