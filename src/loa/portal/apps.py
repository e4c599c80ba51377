from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "loa.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.channels.queries import register_matters  # noqa: PLC0415  models are ready only now
        from loa.core import history, queue, slots  # noqa: PLC0415
        from loa.portal.notices import publications  # noqa: PLC0415
        from loa.portal.queries.dispatches import MATTERS  # noqa: PLC0415

        history.describe_with(SENTENCES)
        history.describe_with(publications.SENTENCES)
        queue.name_work({"loa.portal.jobs.publications.look_at_file": _("Look into a publication's file")})
        register_matters(*MATTERS)
        slots.register("parcel", "channels:reminder_list", _("Reminders sent"), "print_receipt")


SENTENCES: dict[str, object] = {}
