from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.reports.models.agency_reports import AgencyReport
from loa.reports.states import COMMENT_STATES


class ReportComment(models.Model):
    """What an agency and who accepts its report say to each other about a place in it.

    `anchor` is the id of that place on the report's page: "line-12", "text-obstacles", "figure-7"; blank
    for the whole report. An explanation is asked for by who accepts, and waits for an answer.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment")
        EXPLANATION = "explanation", _("Explanation asked")

    state = models.CharField(
        max_length=8, choices=list(COMMENT_STATES.items()), default="open", db_index=True
    )
    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COMMENT)
    anchor = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=300, blank=True)  # the words that stood at that place
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)  # of an explanation
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # whose word it is
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["report", "state"])]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("reports:comment_detail", args=[self.pk])

    @property
    def is_explanation(self) -> bool:
        return self.kind == self.Kind.EXPLANATION


class CommentReply(models.Model):
    """A further word on a comment, of either side."""

    comment = models.ForeignKey(ReportComment, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
