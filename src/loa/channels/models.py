from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.channels.states import DELIVERY_STATES


class Notice(models.Model):
    """Words to a person, shown in the page's inbox; `key` makes telling twice tell once.

    The text is kept in both languages as it was written, so that what was said can be shown later.
    """

    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=200)
    subject_vi = models.CharField(max_length=300)
    subject_en = models.CharField(max_length=300)
    body_vi = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["receiver", "key"], name="notice_once")]
        indexes = [models.Index(fields=["receiver", "read_at"])]

    def __str__(self) -> str:
        return self.subject_vi


class Delivery(models.Model):
    """One sending of one notice by e-mail. The Message-ID is fixed before the first try."""

    class Outlet(models.TextChoices):
        EMAIL = "email", _("E-mail")

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="delivery")
    outlet = models.CharField(max_length=10, choices=Outlet, default=Outlet.EMAIL)
    address = models.EmailField()
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(
        max_length=10, choices=list(DELIVERY_STATES.items()), default="queued", db_index=True
    )
    attempt_count = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.address}: {self.state}"
