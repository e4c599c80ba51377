from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "loa.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  models are ready only now
        from loa.portal.labels import name_what_wagtail_leaves_unnamed  # noqa: PLC0415

        history.describe_with(SENTENCES)
        name_what_wagtail_leaves_unnamed()


SENTENCES: dict[str, object] = {}
