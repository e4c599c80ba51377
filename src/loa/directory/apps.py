from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "loa.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history  # noqa: PLC0415  models are not loaded before this moment
        from loa.directory.notices import SENTENCES  # noqa: PLC0415

        history.describe_with(SENTENCES)
