from __future__ import annotations

from django.conf import settings
from django.db import models

from loa.documents.models import stored_name
from loa.reports.models.agency_reports import AgencyReport


class ReportAttachment(models.Model):
    """A file that goes with an agency's report. Taken away it is kept, but no longer shown."""

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(max_length=300)
    file = models.FileField(upload_to=stored_name, max_length=200)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sha256"],
                condition=models.Q(removed_at__isnull=True),
                name="attachment_once",
            )
        ]

    def __str__(self) -> str:
        return self.title
