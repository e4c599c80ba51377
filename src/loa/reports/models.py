from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.documents.models import Document, stored_name
from loa.plans.models import Assignment, DutyAssignment, Plan
from loa.reports.states import CONSOLIDATION_STATES, REPORT_STATES, ROUND_STATES


class ReportTemplate(models.Model):
    """The outline of a kind of report, dated: which headings, in which order, fed by what.

    `sections`: [{"key", "title_vi", "title_en", "feeds": "figures"|"lines"|"duties"|"texts"|"hand",
    "asked": bool, "prefill": "obstacles"|"proposals"|"unfinished"|"", "optional": bool, "parts": [...]}].
    A section with parts has no words of its own; `asked` ones are filled in by each agency.
    `agency_sections`: [{"key", "title_vi", "title_en"}], the outline of one agency's report.
    `wording`: the words that the paper and its drafts use, always Vietnamese (data/templates.json).
    """

    code = models.SlugField(max_length=60)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    sections = models.JSONField()
    agency_sections = models.JSONField(default=list)
    wording = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="template_version_once")]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def leaves(self) -> list[dict[str, Any]]:
        """The sections that hold words, in order."""
        return [part for section in self.sections for part in section.get("parts") or [section]]

    @property
    def asked_sections(self) -> list[dict[str, Any]]:
        return [leaf for leaf in self.leaves if leaf.get("asked")]


class ReportRound(models.Model):
    """One period's reports on a plan: who owes, which data count, due when, to whom."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", _("Yearly")
        QUARTERLY = "quarterly", _("Quarterly")
        AD_HOC = "ad_hoc", _("Ad hoc")

    state = models.CharField(max_length=8, choices=list(ROUND_STATES.items()), default="open", db_index=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=10, choices=Kind)
    period = models.CharField(max_length=20)  # "2019", "2019-Q1"
    title = models.CharField(max_length=300)
    data_from = models.DateField()
    data_to = models.DateField()
    due_on = models.DateField()
    is_due_before = models.BooleanField(default=False)  # late from 00:00 of due_on
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-data_to", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "period"], name="round_once"),
            models.CheckConstraint(condition=Q(data_to__gte=F("data_from")), name="round_window_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:round_detail", args=[self.pk])

    def is_late_on(self, day: date) -> bool:
        return day >= self.due_on if self.is_due_before else day > self.due_on


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

    class Meta:
        ordering = ["agency__sort_name"]
        constraints = [models.UniqueConstraint(fields=["round", "agency"], name="report_once")]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.round} – {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report_detail", args=[self.pk])


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
    issued_at = models.DateTimeField(null=True, blank=True)
    signed_file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    signature = models.JSONField(default=dict)  # {"title", "authority", "name"} of the head who approved

    def __str__(self) -> str:
        return str(self.round)

    def get_absolute_url(self) -> str:
        return reverse("reports:consolidation_detail", args=[self.round_id])


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
