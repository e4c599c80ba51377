from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.api.states import SENDING_STATES, TONES
from loa.core.sealing import SealedField
from loa.directory.models import Agency
from loa.feedback.models import Case


class CaseWebhook(models.Model):
    """An address of an agency's own system that is told what happens with the agency's cases."""

    class Event(models.TextChoices):
        ARRIVED = "case.arrived", _("A case came to the agency")
        CHANGED = "case.changed", _("A case of the agency changed")
        ENDED = "case.ended", _("A case of the agency ended")
        LEFT = "case.left", _("A case left the agency")
        PING = "ping", _("Test message")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="case_webhooks")
    url = models.URLField(_("address"), max_length=500)
    secret = SealedField()
    events = models.JSONField(default=list)
    is_active = models.BooleanField(_("in use"), default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["agency", "url"]
        constraints = [models.UniqueConstraint(fields=["agency", "url"], name="case_webhook_once")]
        verbose_name = _("connected system")
        verbose_name_plural = _("connected systems")

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("connect:webhook_detail", args=[self.pk])

    @property
    def event_names(self) -> list[str]:
        return [str(label) for value, label in self.Event.choices if value in self.events]


class WebhookSending(models.Model):
    """One thing told to one system: what happened, to which case, when. Never a word of the case or of who asks.

    `key` is fixed before the first try, so that a system that has taken it already can tell.
    """

    webhook = models.ForeignKey(CaseWebhook, on_delete=models.CASCADE, related_name="sendings")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=20, choices=CaseWebhook.Event)
    case_state = models.CharField(max_length=12, blank=True)  # as it was told then
    entry = models.BigIntegerField(null=True, blank=True)  # the row of history that is told
    key = models.UUIDField(default=uuid4, unique=True)
    state = models.CharField(
        max_length=8, choices=list(SENDING_STATES.items()), default="queued", db_index=True
    )
    attempt_count = models.PositiveSmallIntegerField(default=0)
    answer = models.PositiveSmallIntegerField(null=True, blank=True)  # status of the last answer
    error = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    not_before = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "entry"], name="webhook_told_once")  # null: a trial
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"

    def get_absolute_url(self) -> str:
        return self.webhook.get_absolute_url()

    @property
    def state_tone(self) -> str:
        return TONES[self.state]
