from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency
from loa.documents.models import stored_name
from loa.plans.models import Assignment, DutyAssignment
from loa.portal.models.media import Picture
from loa.portal.models.pages import Column, Story


class Contribution(models.Model):
    """What a contributor of the network writes on the phone. Sent, it becomes a story in the workflow of its column.

    `key` comes with the empty form: the same form sent twice is one contribution.
    """

    key = models.UUIDField(default=uuid4, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contributions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions"
    )
    column = models.ForeignKey(
        Column, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("column")
    )
    title = models.CharField(_("headline"), max_length=200, blank=True)
    text = models.TextField(_("what happened"), max_length=20_000, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    happened_on = models.DateField(_("when"), null=True, blank=True)
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    duty_assignment = models.ForeignKey(
        DutyAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_named = models.BooleanField(_("my name may stand under it"), default=True)
    recording = models.FileField(upload_to=stored_name, blank=True, max_length=200)  # never public
    recording_name = models.CharField(max_length=255, blank=True)
    recording_type = models.CharField(max_length=100, blank=True)
    recording_sha256 = models.CharField(max_length=64, blank=True)
    story = models.OneToOneField(
        Story, null=True, blank=True, on_delete=models.SET_NULL, related_name="contribution"
    )
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    thrown_away_at = models.DateTimeField(null=True, blank=True)  # the headline stays, with who did it

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment__isnull=True) | Q(duty_assignment__isnull=True),
                name="contribution_for_one_work",
            )
        ]

    def __str__(self) -> str:
        return self.title or str(_("Without a headline"))

    def get_absolute_url(self) -> str:
        return reverse("portal:contribution_detail", args=[self.pk])

    @property
    def work(self) -> Any:
        return self.assignment or self.duty_assignment


class ContributionPhoto(models.Model):
    """A photo of a contribution, without the place where it was taken; the picture of the newsroom is made from it."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to=stored_name, max_length=200)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    alt_text = models.CharField(_("what can be seen on it"), max_length=300, blank=True)
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "sha256"], name="contribution_photo_once")
        ]

    def __str__(self) -> str:
        return self.alt_text or self.file_name
