from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Words to a person, shown in the page's inbox; `key` makes telling twice tell once.

    The text is kept in both languages as it was written, so that what was said can be shown later.
    """

    class Kind(models.TextChoices):
        WORK = "work", _("Work that comes")
        WAITING = "waiting", _("What waits for a decision of mine")
        RETURNED = "returned", _("Returned or refused")
        DECIDED = "decided", _("Accepted, granted, answered")
        REMINDER = "reminder", _("Reminders before and after a due date")
        ESCALATION = "escalation", _("Overdue work brought to heads and the coordinator")

    class Mail(models.TextChoices):
        NEVER = "never", _("Not by e-mail")
        NOW = "now", _("At once")
        DIGEST = "digest", _("In the daily digest")

    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WORK)
    subject_vi = models.CharField(max_length=300)
    subject_en = models.CharField(max_length=300)
    body_vi = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=6, choices=Mail, default=Mail.NEVER)  # as its receiver wanted it then
    digest = models.ForeignKey(
        "channels.Delivery", null=True, blank=True, on_delete=models.SET_NULL, related_name="lines"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["receiver", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["receiver", "read_at"]),
            models.Index(
                fields=["receiver", "created_at"],
                condition=Q(mail="digest", digest__isnull=True),
                name="notice_waits_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_vi


class MailSettings(models.Model):
    """When and in which language mail reaches a person; without a row everything is mailed at once."""

    class Language(models.TextChoices):
        BOTH = "both", _("Vietnamese and English")
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_settings"
    )
    choices = models.JSONField(default=dict)  # kind of notice -> Notice.Mail; what is not named: at once
    digest_hour = models.PositiveSmallIntegerField(default=7)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_to = models.TimeField(null=True, blank=True)
    is_quiet_on_days_off = models.BooleanField(default=False)
    sends_urgent_at_once = models.BooleanField(default=True)
    language = models.CharField(max_length=4, choices=Language, default=Language.BOTH)

    class Meta:
        verbose_name_plural = "mail settings"

    def __str__(self) -> str:
        return str(self.user)
