from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "loa.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from loa.core import history, queue  # noqa: PLC0415  they read models

        history.describe_with(SENTENCES)
        queue.name_work(
            {
                "loa.documents.jobs.read_document": _("Read an imported file"),
                "loa.documents.clocks.read_unread": _("Read imported files that are still unread"),
            }
        )


SENTENCES = {
    "document.register": _("Entered in the register"),
    "reading.hand_over": _("Passed to the successor"),
    "reading.take_in": _("Took the file in"),
    "reading.begin": _("Began to read"),
    "reading.finish": _("Read the file"),
    "reading.fail": _("Could not read the file"),
    "reading.answer": _("Answered a question"),
    "reading.correct": _("Corrected a proposal"),
    "reading.check": _("Checked a proposal"),
    "reading.uncheck": _("Took the check back"),
    "reading.drop_proposal": _("Dropped a proposal"),
    "reading.restore_proposal": _("Brought a proposal back"),
    "reading.merge": _("Merged two proposals"),
    "reading.split": _("Split a proposal"),
    "reading.add_proposal": _("Added a proposal by hand"),
    "reading.confirm": _("Confirmed the plan"),
    "reading.drop": _("Dropped the file"),
}
