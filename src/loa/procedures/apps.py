from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "loa.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  models are ready only now

        history.describe_with(SENTENCES)


SENTENCES: dict[str, object] = {}
