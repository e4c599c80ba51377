from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.portal.models.pages import Story
from loa.portal.states.newsroom import URGENT_STATES


class UrgentRelease(models.Model):
    """A story that an editor put before readers without approval: an exception, decided on afterwards by a day."""

    state = models.CharField(
        max_length=10, choices=list(URGENT_STATES.items()), default="open", db_index=True
    )
    story = models.ForeignKey(Story, null=True, on_delete=models.SET_NULL, related_name="urgent_releases")
    title = models.CharField(max_length=255)  # as it was released
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # whose site
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_on = models.DateField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("urgent publication")
        verbose_name_plural = _("urgent publications")
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=models.Q(state="open"), name="urgent_release_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("portal:urgent_detail", args=[self.pk])
