from __future__ import annotations

from django.db import models

from loa.directory.models import Agency
from loa.documents.models.legal import LegalDocument


class Citation(models.Model):
    """A public text of some register names a document of this one. Kept by the clock that looks through the texts."""

    source = models.CharField(max_length=40)  # the name under which the register's texts were registered
    key = models.CharField(max_length=60)  # the row there
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    printed = models.CharField(max_length=300)  # the words that refer
    legal = models.ForeignKey(LegalDocument, on_delete=models.CASCADE, related_name="citations")
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="+"
    )  # answers for it
    found_on = models.DateField()
    told_on = models.DateField(null=True)  # when its people learned that the document is out of force

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "legal"], name="citation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.printed}"


class CitingScan(models.Model):
    """When the texts of a register were last looked through."""

    source = models.CharField(max_length=40, unique=True)
    scanned_on = models.DateField()
    digest = models.CharField(
        max_length=64
    )  # of the texts and the public documents: the same need no second look
    row_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["source"]

    def __str__(self) -> str:
        return self.source
