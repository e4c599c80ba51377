from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency


class ReminderRule(models.Model):
    """One step of a ladder: who is reminded of which kind of matter so many days before or after its due date."""

    class Counting(models.TextChoices):
        CALENDAR = "calendar", _("Calendar days")
        WORKING = "working", _("Working days")

    class Receiver(models.TextChoices):
        OFFICER = "officer", _("Officer in charge")
        FOCAL_POINT = "focal_point", pgettext_lazy("role", "Focal point")
        HEAD = "head", _("Head of the agency")
        COORDINATOR = "coordinator", _("Who follows it up")
        LEADER = "leader", _("City leadership")

    class Tone(models.TextChoices):
        ASK = "ask", _("Everybody is asked")
        TELL = "tell", _("Agencies are told; Party and mass bodies are asked")

    matter = models.CharField(max_length=20)  # kind of a MatterSource
    offset = models.SmallIntegerField()  # days from the due date: -3 is three days before
    counting = models.CharField(max_length=8, choices=Counting, default=Counting.CALENDAR)
    receivers = models.JSONField(default=list)  # of Receiver
    tone = models.CharField(max_length=4, choices=Tone, default=Tone.TELL)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["matter", "offset", "pk"]
        verbose_name = _("reminder step")
        verbose_name_plural = _("reminder steps")
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "offset", "counting", "valid_from"], name="reminder_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="reminder_rule_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return step_name(self.offset)

    @property
    def receiver_labels(self) -> list[str]:
        return [str(self.Receiver(name).label) for name in self.receivers]


def step_name(offset: int | None) -> str:
    """A step in words: 3 days before, on the day, 5 days after."""
    if offset is None:
        return ""
    if offset == 0:
        return gettext("On the day")
    if offset < 0:
        return ngettext("%(n)d day before", "%(n)d days before", -offset) % {"n": -offset}
    return ngettext("%(n)d day after", "%(n)d days after", offset) % {"n": offset}


class Reminder(models.Model):
    """One reminder of one matter: by the ladder, with one click, or by a person's own call or message.

    The due date is part of a step's key: a date that is moved or missed never silences the step after it.
    """

    class Channel(models.TextChoices):
        AUTO = "auto", _("By the ladder")
        NUDGE = "nudge", _("With one click")
        PHONE = "phone", _("Phone call")
        ZALO = "zalo", _("Zalo message")
        PAPER = "paper", _("Official letter")
        OTHER = "other", _("Another way")

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    matter = GenericForeignKey("content_type", "object_id")
    kind = models.CharField(max_length=20)  # of the matter
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reminders")
    rule = models.ForeignKey(
        ReminderRule, null=True, blank=True, on_delete=models.PROTECT, related_name="reminders"
    )
    offset = models.SmallIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=5, choices=Channel)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(blank=True)
    told = models.JSONField(default=list)  # names of the people, as they were then
    receivers_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind", "rule", "offset", "due_on"],
                condition=Q(rule__isnull=False),
                name="reminder_step_once",
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "kind", "on"],
                condition=Q(channel="nudge"),
                name="nudge_once_a_day",
            ),
        ]
        indexes = [models.Index(fields=["content_type", "object_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.on:%d/%m/%Y}"

    @property
    def step(self) -> str:
        return step_name(self.offset)
