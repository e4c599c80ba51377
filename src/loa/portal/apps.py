from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "loa.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, slots  # noqa: PLC0415  models are ready only now
        from loa.portal.queries import open_datasets  # noqa: PLC0415

        history.describe_with(SENTENCES)
        open_datasets.register_own()
        slots.register("plan", "portal:plan_publicity", _("For everybody"))


SENTENCES: dict[str, object] = {}
