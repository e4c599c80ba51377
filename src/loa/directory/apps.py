from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from loa.core.administration import register_page

PAGES = (
    ("directory:administration", _("Overview"), "admin", 0),
    ("directory:unknown_successors", _("Unknown successors"), "help", 10),
    ("directory:agency_import", _("Import agencies"), "upload", 10),
    ("directory:entry_list", _("Audit log"), "timeline", 90),
)


class DirectoryConfig(AppConfig):
    name = "loa.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  models are not loaded before this moment
        from loa.directory.notices import SENTENCES  # noqa: PLC0415

        history.describe_with(SENTENCES)
        for url_name, label, icon, order in PAGES:
            register_page(url_name, label, icon, "directory.manage_directory", order=order)
