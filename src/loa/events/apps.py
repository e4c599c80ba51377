from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "loa.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  models are ready only now

        history.describe_with(SENTENCES)


SENTENCES: dict[str, object] = {
    "event.add": _("Drafted the event"),
}
