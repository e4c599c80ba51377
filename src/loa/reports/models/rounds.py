from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.plans.models import Plan
from loa.reports.models.templates import ReportTemplate
from loa.reports.states import ROUND_STATES


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
