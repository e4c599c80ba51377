from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from loa.core.models import Job
from loa.documents.models import Document, stored_name
from loa.reports.models.agency_reports import AgencyReport, ReportLine
from loa.reports.models.rounds import ReportRound
from loa.reports.states import CONSOLIDATION_STATES


class Consolidation(models.Model):
    """The coordinator's report on a round. `snapshot` is what the agencies had sent when it was issued."""

    state = models.CharField(max_length=10, choices=list(CONSOLIDATION_STATES.items()), default="drafting")
    round = models.OneToOneField(ReportRound, on_delete=models.CASCADE, related_name="consolidation")
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="consolidation"
    )
    snapshot = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    drafted_at = models.DateTimeField()
    drafting_job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    signed_file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    signature = models.JSONField(default=dict)  # {"title", "authority", "name"} of the head who approved

    def __str__(self) -> str:
        return str(self.round)

    def get_absolute_url(self) -> str:
        return reverse("reports:consolidation_detail", args=[self.round_id])


class EarlierIssue(models.Model):
    """A consolidated report as it had been issued before it was reopened: number, file and figures stay."""

    consolidation = models.ForeignKey(Consolidation, on_delete=models.CASCADE, related_name="earlier_issues")
    number = models.PositiveSmallIntegerField()  # 1, 2, … in the order of their issue
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="earlier_issue")
    snapshot = models.JSONField()
    issued_at = models.DateTimeField()
    signed_file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    reason = models.TextField()  # why it was reopened
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consolidation", "number"], name="earlier_issue_number_once")
        ]

    def __str__(self) -> str:
        return str(self.document)


class Sentence(models.Model):
    """One sentence of the consolidated narrative, with where it came from."""

    consolidation = models.ForeignKey(Consolidation, on_delete=models.CASCADE, related_name="sentences")
    section = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    text = models.TextField()
    original = models.TextField(blank=True)  # as drafted from its source, now
    heading = models.CharField(max_length=300, blank=True)  # the form of communication it stands under
    origin = models.CharField(max_length=80, blank=True)  # which source drafts it; blank: written by hand
    is_edited = models.BooleanField(default=False)  # a redraft leaves it alone
    is_dropped = models.BooleanField(default=False)  # kept, so that a redraft does not bring it back
    version = models.PositiveIntegerField(default=0)
    report = models.ForeignKey(
        AgencyReport, null=True, blank=True, on_delete=models.PROTECT, related_name="sentences"
    )
    line = models.ForeignKey(
        ReportLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="sentences"
    )
    figure = models.CharField(max_length=40, blank=True)  # key of the figure it was made from
    other_reports = models.JSONField(default=list)  # ids of further reports that say the same words

    class Meta:
        ordering = ["section", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consolidation", "origin"], condition=~Q(origin=""), name="sentence_origin_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
