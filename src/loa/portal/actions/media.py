"""Pictures and files put into the newsroom by the program itself: a move from an older portal, the sample city."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from loa.core.access import require
from loa.directory.models import User
from loa.portal.models import Attachment, Picture
from loa.portal.queries.pictures import unmade_specs


@transaction.atomic
def add_picture(
    content: bytes, *, name: str, title: str, alt_text: str, credit: str = "", agency: Any = None, by: User
) -> Picture:
    """A picture with the words that stand for it. The same name is one picture."""
    require(by, "portal.manage_sites")
    there = Picture.objects.filter(title=title, agency=agency).first()
    if there is not None:
        return there
    return Picture.objects.create(
        title=title,
        file=ContentFile(content, name=name),
        alt_text=alt_text,
        credit=credit,
        agency=agency,
        uploaded_by_user=by,
    )


@transaction.atomic
def add_attachment(content: bytes, *, name: str, title: str, agency: Any = None, by: User) -> Attachment:
    """A file; readers get it as soon as a page that is public leads to it."""
    require(by, "portal.manage_sites")
    attachment = Attachment.objects.create(
        title=title, file=ContentFile(content, name=name), agency=agency, uploaded_by_user=by
    )
    attachment.get_file_hash()  # kept with it, as when the newsroom uploads: by it a player knows its copy
    return attachment


def make_sizes(picture: Picture) -> None:
    """Make the sizes in which pages show a picture, so that no reader waits for them. Those that are there stay."""
    missing = unmade_specs(picture)
    if missing:
        picture.get_renditions(*missing)
