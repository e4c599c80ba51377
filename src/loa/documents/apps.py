from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
                "loa.documents.jobs.read_legal_text": _("Read the text of a legal document"),
                "loa.documents.jobs.index_citations": _("Look through public texts for documents they name"),
                "loa.documents.clocks.index_citations": _(
                    "Look through public texts for documents they name"
                ),
                "loa.documents.clocks.tell_out_of_force": _("Tell who cites a document that has ended"),
            }
        )


SENTENCES = {
    "document.register": _("Entered in the register"),
    "legal_document.enter": _("Entered the document"),
    "legal_document.change": _("Corrected the document"),
    "legal_document.publish": pgettext_lazy("official", "Published"),
    "legal_document.unpublish": _("Took it off the public pages"),
    "legal_document.relate": _("Added a relation"),
    "legal_document.change_relation": _("Corrected a relation"),
    "legal_document.remove_relation": _("Took a relation away"),
    "legal_document.unread": _("No text could be read from the file"),
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
