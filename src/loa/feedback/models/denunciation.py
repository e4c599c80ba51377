from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from loa.core.sealing import SealedField
from loa.directory.models import Agency


class Denunciation(models.Model):
    """What somebody reports of a violation (tố cáo): all of it sealed, read by one named officer alone.

    No list, search, export, mail, log, statistic or history of anything else holds a word of it. Its number says
    nothing of when or where it came in. `code` and `secret` let the person come back.
    """

    code = models.CharField(max_length=30, unique=True)
    secret = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True)
    intake = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = SealedField()
    name = SealedField(blank=True)
    phone = SealedField(blank=True)
    email = SealedField(blank=True)
    address = SealedField(blank=True)
    reply = SealedField(blank=True)  # words of the officer to the person
    forwarded_to = SealedField(blank=True)
    received_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("feedback:denunciation_detail", args=[self.pk])


class DenunciationFile(models.Model):
    denunciation = models.ForeignKey(Denunciation, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=200)
    name = SealedField()
    type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"file of {self.denunciation_id}"
