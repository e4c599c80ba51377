"""Sizes of pictures, made as soon as a picture is there."""

from loa.portal.actions import media
from loa.portal.models import Picture


def make_sizes(pk: int) -> None:
    """A picture that was thrown away meanwhile is left alone."""
    picture = Picture.objects.filter(pk=pk).first()
    if picture:
        media.make_sizes(picture)
