from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One row of history: who did what to which object, when, and why. Never changed, never deleted."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    object = GenericForeignKey("content_type", "object_id")
    action = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=20, blank=True)  # "clock", "citizen", "import" where no person acted
    hat = models.CharField(max_length=80, blank=True)  # code of the agency the person acted for
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["content_type", "object_id", "-at"]),
            models.Index(fields=["action", "at"]),  # what happened in a plan since a day
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%d/%m/%Y}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("History is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Any:
        raise TypeError("History is append-only.")


class CalendarDay(models.Model):
    """A day that is off although a weekday, or worked although a Saturday. All other days follow the week."""

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORK = "work", _("Worked day")

    date = models.DateField(unique=True)
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    legal_act = models.CharField(max_length=300, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class LegalRule(models.Model):
    """What a text says from a day to a day: a window, a due day, a limit. `values` are its numbers."""

    code = models.CharField(max_length=60)  # "report.window.quarterly"; dots join its parts
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    values = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300)
    is_checked = models.BooleanField(default=False)  # somebody has read it in the text itself
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["code", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="legal_rule_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from:%d/%m/%Y}"


class CountedDay(models.Model):
    """How a due date of some object was found, so that it can be shown and, when the calendar changes, found anew.

    Either the n-th working day after `start_on`, or `start_on` itself, moved off a day that is not worked.
    """

    class Shift(models.TextChoices):
        NONE = "none", _("Stays")
        NEXT = "next", _("Moves to the next working day")
        PREVIOUS = "previous", _("Moves to the working day before")

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    object = GenericForeignKey("content_type", "object_id")
    field = models.CharField(max_length=40)  # "due_on"
    start_on = models.DateField()
    working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    shift = models.CharField(max_length=8, choices=Shift, default=Shift.NONE)
    due_on = models.DateField()
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "field"], name="counted_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.due_on:%d/%m/%Y}"


class NumberSeries(models.Model):
    """The last number given in a series, e.g. key "agency:hp:2019:BC"."""

    key = models.CharField(max_length=200, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}: {self.last}"


class Job(models.Model):
    """Slow work that a person started: shown with its progress, can be left and come back to."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done_count // self.total_count) if self.total_count else 0
