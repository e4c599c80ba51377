from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.directory.models import Agency


class Outlet(models.Model):
    """A place where words are published or handed on: a page somebody keeps, or a machine that takes them."""

    class Driver(models.TextChoices):
        MANUAL = "manual", _("A person posts the prepared text")
        WEBHOOK = "webhook", _("Sent to an https address")

    name = models.CharField(max_length=200, unique=True)
    driver = models.CharField(max_length=10, choices=Driver, default=Driver.MANUAL)
    address = models.URLField(max_length=500, blank=True)
    is_public = models.BooleanField(default=True)  # what the public sees is never sent twice
    is_active = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A text about one thing, for outlets. It goes to each outlet once: see Delivery."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    about = GenericForeignKey("content_type", "object_id")
    kind = models.CharField(max_length=20)  # as announced: "plan", "consolidation"
    title = models.CharField(max_length=300)
    text = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="post_once")]

    def __str__(self) -> str:
        return self.title
