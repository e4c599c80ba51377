"""How often a story was opened, by day and by nobody: no address, no cookie, no account is kept with it."""

from __future__ import annotations

from django.db import models

from loa.portal.models.pages import Story


class ReadingCount(models.Model):
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "on"], name="reading_count_once")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.on}: {self.count}"
