from loa.documents import actions
from loa.documents.models import Reading


def read_document(pk: int) -> None:
    reading = Reading.objects.filter(pk=pk).first()
    if reading:
        actions.read_document(reading)
