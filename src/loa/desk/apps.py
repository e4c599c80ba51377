from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page


class DeskConfig(AppConfig):
    name = "loa.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_page("desk:decision_list", _("Reorganise"), "merge", "directory.manage_directory", order=20)
