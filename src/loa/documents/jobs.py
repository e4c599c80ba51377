from loa.documents import actions
from loa.documents.models import LegalDocument, Reading


def read_document(pk: int) -> None:
    reading = Reading.objects.filter(pk=pk).first()
    if reading:
        actions.read_document(reading)


def read_legal_text(pk: int) -> None:
    legal = LegalDocument.objects.select_related("document").filter(pk=pk).first()
    if legal and legal.document.file:
        actions.read_legal_text(legal)


def index_citations() -> None:
    actions.index_due_sources(today_too=True)
    actions.tell_out_of_force()
