from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.desk.states import BRIEFING_STATES
from loa.directory.models import Agency
from loa.plans.models import Plan


class KeptFigures(models.Model):
    """The figures of a large plan as they were before the moment `at`, counted once so that a page opens at once.

    One row for each day of a plan: today's is counted anew every few minutes, a past day's at its end. The
    figures may be counted again at any time from the registers and the history, and are then the same.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    figures = models.JSONField()

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["plan", "day"], name="kept_figures_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.day:%d/%m/%Y}"


class BriefingPack(models.Model):
    """What the press is given about a period of a plan: figures with their sources, and prepared answers.

    `sections`: [{"key", "title", "facts": [{"label", "value", "source", "url"}]}] as gathered, always Vietnamese
    because they are a paper. While it is a draft they may be gathered anew; what is approved stays as it is.
    """

    state = models.CharField(
        max_length=10, choices=list(BRIEFING_STATES.items()), default="draft", db_index=True
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    start = models.DateField()
    end = models.DateField()
    contact = models.TextField(blank=True)
    questions = models.JSONField(default=list)  # [{"question", "answer"}]
    sections = models.JSONField(default=list)
    gathered_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_on = models.DateField(null=True, blank=True)
    signature = models.JSONField(default=dict)  # {"title", "authority", "name"} of who approved

    class Meta:
        ordering = ["-end", "-pk"]
        verbose_name = _("press briefing pack")
        verbose_name_plural = _("press briefing packs")
        constraints = [
            models.UniqueConstraint(fields=["agency", "plan", "start", "end"], name="briefing_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="briefing_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:briefing_detail", args=[self.pk])
