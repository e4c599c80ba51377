from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock


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
        return f"{self.action} {clock.day_of(self.at):%d/%m/%Y}"

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


class CalendarChange(models.Model):
    """One decision of an administrator on the calendar: by hand or by a sheet, with what it did to due dates."""

    note = models.CharField(max_length=300, blank=True)  # why: mostly the text that announces it
    is_import = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    job = models.ForeignKey("core.Job", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.note or f"{clock.day_of(self.at):%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("core:calendar_change", args=[self.pk])


class ChangedDay(models.Model):
    """What a change did to one day. Kept by date: the row of the day itself may be gone."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        REMOVED = "removed", _("Removed")

    change = models.ForeignKey(CalendarChange, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(db_index=True)
    kind = models.CharField(max_length=8, choices=Kind)
    before = models.JSONField(default=dict)  # the fields of the day, {} where there was none
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["change", "date"], name="changed_day_once")]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.kind}"


class MovedDay(models.Model):
    """A due date that a change moved, in words that stay readable when the object is gone."""

    change = models.ForeignKey(CalendarChange, on_delete=models.CASCADE, related_name="moved")
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    label = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    whose = models.CharField(max_length=500, blank=True)
    told = models.JSONField(default=list)  # names of the people who were told
    old_on = models.DateField()
    new_on = models.DateField(null=True, blank=True)  # none where it could not be counted
    why_not = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "content_type", "object_id", "field"], name="moved_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.old_on:%d/%m/%Y}"


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

    def get_absolute_url(self) -> str:
        return reverse("core:rule_detail", args=[self.pk])


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
        GIVEN_UP = "given_up", pgettext_lazy("background work", "Given up")

    title = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    work = models.CharField(max_length=200, blank=True)  # dotted name; with it the job can be begun again
    args = models.JSONField(default=list)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    retry_count = models.PositiveSmallIntegerField(default=0)  # tries that nobody asked for, after an outage
    try_again_at = models.DateTimeField(null=True)  # in real time; only of what failed by an outage

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["try_again_at"],
                name="job_try_again",
                condition=models.Q(try_again_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("core:job_detail", args=[self.pk])

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done_count // self.total_count) if self.total_count else 0


class ClockRun(models.Model):
    """When a clock last ran, what it did, and the error it last ended with. One row for each clock, in real time."""

    name = models.CharField(max_length=200, unique=True)  # dotted name
    ran_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True, blank=True)
    moved_count = models.PositiveIntegerField(default=0)
    milliseconds = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_failing(self) -> bool:
        """Its last run ended in an error."""
        return self.failed_at is not None and (
            self.succeeded_at is None or self.succeeded_at < self.failed_at
        )


class LiveTopic(models.Model):
    """What may be listened to. `last` counts its events; the row is locked while an act publishes."""

    name = models.CharField(max_length=100, unique=True)  # "dialogue:12"
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class LiveEvent(models.Model):
    """One thing that listeners are told. Numbers of a topic have no holes and are seen in their order."""

    topic = models.ForeignKey(LiveTopic, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    data = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)  # of the machine, whatever date a demo plays

    class Meta:
        ordering = ["topic", "number"]
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="live_event_once")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.number} {self.kind}"
