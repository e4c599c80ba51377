from __future__ import annotations

from django.db import models

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
        return f"{self.plan_id} {self.at:%d/%m/%Y %H:%M}"
