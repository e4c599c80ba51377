"""Pictures and files of the newsroom. Originals stay private; what readers get is a rendition without metadata."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from loa.directory.models import Agency


class Picture(AbstractImage):
    """A picture with the words that stand for it and whose it is."""

    alt_text = models.CharField(_("alternative text"), max_length=300)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_text",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        return self.alt_text or self.title

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> File:  # noqa: A002  Wagtail's name
        """In memory; the temporary file it was made in is closed at once."""
        with super().generate_rendition_file(filter, source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Attachment(AbstractDocument):
    """A file that readers may download."""

    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("agency")
    )

    admin_form_fields = ("title", "file", "collection", "tags")

    @property
    def is_recording(self) -> bool:
        return bool(self.content_type.startswith(("audio/", "video/")))

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
