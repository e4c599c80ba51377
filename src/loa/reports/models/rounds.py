from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.plans.models import Plan
from loa.reports.models.standing_rules import StandingRule
from loa.reports.models.templates import ReportTemplate
from loa.reports.states import ROUND_STATES


class ReportRound(models.Model):
    """One period's reports on a plan: who owes, which data count, due when, to whom."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", _("Yearly")
        HALF_YEARLY = "half_yearly", _("Half-yearly")
        QUARTERLY = "quarterly", _("Quarterly")
        MONTHLY = "monthly", _("Monthly")
        THEMATIC = "thematic", _("Thematic")
        AD_HOC = "ad_hoc", _("Ad hoc")

    state = models.CharField(max_length=8, choices=list(ROUND_STATES.items()), default="open", db_index=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, related_name="rounds")
    rule = models.ForeignKey(
        StandingRule, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    period = models.CharField(max_length=20)  # "2019", "2019-Q1", "2019-H1", "2019-M05", "2019-CCHC"
    title = models.CharField(max_length=300)
    data_from = models.DateField()
    data_to = models.DateField()
    due_on = models.DateField()
    is_due_before = models.BooleanField(default=False)  # late from 00:00 of due_on
    closes_on = models.DateField(null=True, blank=True)  # the last day on which a first report is taken
    closes_itself = models.BooleanField(default=True)  # not again after a person has reopened it
    # asked beside the outline: [{"key", "title_vi", "title_en", "feeds": "texts", "asked": true}]
    questions = models.JSONField(default=list)
    receiver = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
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

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The outline of the consolidated report, with the round's own questions at its end."""
        if not self.questions:
            return self.template.sections
        own = {
            "key": "questions",
            "title_vi": "Nội dung yêu cầu báo cáo thêm",
            "title_en": "Further questions",
            "parts": self.questions,
        }
        return [*self.template.sections, own]

    @property
    def leaves(self) -> list[dict[str, Any]]:
        return [*self.template.leaves, *self.questions]

    @property
    def asked_sections(self) -> list[dict[str, Any]]:
        """What each agency writes in its own words: the outline's sections, then the round's questions."""
        return [*self.template.asked_sections, *self.questions]

    @property
    def agency_sections(self) -> list[dict[str, Any]]:
        return [*self.template.agency_sections, *self.questions]
