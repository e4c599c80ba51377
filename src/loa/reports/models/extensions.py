from __future__ import annotations

from django.conf import settings
from django.db import models

from loa.reports.models.agency_reports import AgencyReport
from loa.reports.states import REPORT_EXTENSION_STATES


class ReportExtension(models.Model):
    """More time that a body asks for, also after the day has passed."""

    state = models.CharField(
        max_length=8, choices=list(REPORT_EXTENSION_STATES.items()), default="asked", db_index=True
    )
    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="extensions")
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    reason = models.TextField()
    answer = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(state="asked"), name="one_report_extension_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} → {self.new_due_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return self.report.round.get_absolute_url()
