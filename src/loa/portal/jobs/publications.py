from loa.portal import actions
from loa.portal.models import PublicationFile


def look_at_file(pk: int) -> None:
    """The cover and the text of a file; a file that was taken away meanwhile is left alone."""
    file = PublicationFile.objects.filter(pk=pk).first()
    if file:
        actions.look_at_file(file)
