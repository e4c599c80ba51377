from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.plans.models import Assignment, DutyAssignment
from loa.reports.models.rounds import ReportRound
from loa.reports.states import REPORT_STATES


class AgencyReport(models.Model):
    """What one agency reports in one round."""

    state = models.CharField(
        max_length=10, choices=list(REPORT_STATES.items()), default="draft", db_index=True
    )
    round = models.ForeignKey(ReportRound, on_delete=models.CASCADE, related_name="reports")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agency_reports")
    late_reason = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)  # the last time
    first_submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)  # the first submission came after the due day; never cleared
    accepted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)  # counts saves: of two writers the second is told
    prefilled_at = models.DateTimeField(null=True, blank=True)
    extended_due_on = models.DateField(null=True, blank=True)  # this body alone has until then
    excuse_reason = models.TextField(blank=True)  # why it owes nothing

    class Meta:
        ordering = ["agency__sort_name"]
        constraints = [models.UniqueConstraint(fields=["round", "agency"], name="report_once")]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.round} – {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report_detail", args=[self.pk])

    @property
    def is_extended(self) -> bool:
        return self.extended_due_on is not None and self.extended_due_on > self.round.due_on

    @property
    def due_on(self) -> date:
        return self.extended_due_on if self.extended_due_on and self.is_extended else self.round.due_on

    @property
    def is_due_before(self) -> bool:
        return self.round.is_due_before and not self.is_extended

    def is_late_on(self, day: date) -> bool:
        return day >= self.due_on if self.is_due_before else day > self.due_on


class ReportText(models.Model):
    """An agency's words under one heading of the outline."""

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="texts")
    section = models.CharField(max_length=40)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="report_text_once")]

    def __str__(self) -> str:
        return f"{self.section}: {self.text[:60]}"


class ReportLine(models.Model):
    """What was done on one assignment or one standing duty: prefilled from the registers, then edited."""

    class Completion(models.TextChoices):
        FULL = "full", _("Completed")
        PARTLY = "partly", _("Partly completed")
        NONE = "none", _("Not yet")
        NOTHING_AROSE = "nothing_arose", _("Nothing arose")

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="lines")
    assignment = models.ForeignKey(
        Assignment, null=True, on_delete=models.PROTECT, related_name="report_lines"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, on_delete=models.PROTECT, related_name="report_lines"
    )
    position = models.PositiveIntegerField()
    result = models.TextField(blank=True)
    completion = models.CharField(max_length=15, choices=Completion, blank=True)
    reason = models.TextField(blank=True)  # why not, or why nothing arose
    figures = models.JSONField(
        default=dict
    )  # counted in the data window: {"deliverables": n, "targets": [...]}

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "assignment"],
                condition=Q(assignment__isnull=False),
                name="line_assignment_once",
            ),
            models.UniqueConstraint(
                fields=["report", "duty_assignment"],
                condition=Q(duty_assignment__isnull=False),
                name="line_duty_once",
            ),
            models.CheckConstraint(
                condition=Q(assignment__isnull=False, duty_assignment__isnull=True)
                | Q(assignment__isnull=True, duty_assignment__isnull=False),
                name="line_of_one_work",
            ),
        ]

    def __str__(self) -> str:
        return self.result[:80]
