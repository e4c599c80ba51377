"""What a procedure says from a decision on: one dated version after another."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.documents.models import Document
from loa.procedures.models.procedure import OnlineLevel, Procedure
from loa.procedures.states import OPEN_STATES, VERSION_STATES


class Way(models.TextChoices):
    """A way to hand papers in."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    POST = "post", _("By public postal service")


class ProcedureVersion(models.Model):
    """The text that a decision announces: announced, approved by the head, published within its time.

    `ways` are [{"way", "time", "fee", "note"}]; `papers` [{"case", "name", "form", "originals", "copies"}];
    `legal_bases` texts. All are words as printed.
    """

    class Change(models.TextChoices):
        NEW = "new", _("Newly issued")
        AMENDED = "amended", _("Amended")
        REPLACED = "replaced", _("Replaced")
        ABOLISHED = "abolished", _("Abolished")
        STANDARDISED = "standardised", _("Standardised")

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=list(VERSION_STATES.items()), default="draft", db_index=True
    )
    change = models.CharField(max_length=12, choices=Change)
    decision = models.CharField(max_length=120, blank=True)  # "Quyết định số 1234/QĐ-UBND"
    decided_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="procedure_versions"
    )
    name = models.TextField()
    audience = models.TextField(blank=True)
    steps = models.TextField(blank=True)
    ways = models.JSONField(default=list)
    papers = models.JSONField(default=list)
    sets = models.CharField(max_length=60, blank=True)  # how many sets of papers: "01 bộ"
    place = models.TextField(blank=True)
    handling_body = models.TextField(blank=True)
    coordinating_bodies = models.TextField(blank=True)
    result = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    legal_bases = models.JSONField(default=list)
    keywords = models.TextField(blank=True)
    online_level = models.ForeignKey(
        OnlineLevel, null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    is_by_post = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)  # the last day to publish in time
    published_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    is_announced = models.BooleanField(default=True)  # stands in "what changed"; a first load does not
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=0)  # of two who edit, the second is told

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(state__in=OPEN_STATES), name="version_one_open"
            ),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(state="published"), name="version_one_published"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_on", "-id"],
                condition=models.Q(is_announced=True, published_on__isnull=False),
                name="version_newest_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure.code} · {self.get_change_display()}"

    def get_absolute_url(self) -> str:
        """The public page of this version."""
        return reverse("procedures:public_version", args=[self.procedure.code, self.number])

    @property
    def staff_url(self) -> str:
        return reverse("procedures:version_detail", args=[self.pk])

    @property
    def state_tone(self) -> str:
        tones = {"published": "done", "superseded": "plain", "approved": "run", "dropped": "plain"}
        return tones.get(self.state, "")

    @property
    def is_abolishing(self) -> bool:
        return self.change == self.Change.ABOLISHED

    @property
    def is_late(self) -> bool:
        """Published after its last day."""
        return bool(self.due_on and self.published_on and self.published_on > self.due_on)

    @property
    def days_late(self) -> int:
        return (self.published_on - self.due_on).days if self.is_late else 0  # type: ignore[operator]

    @property
    def ways_in_words(self) -> list[dict[str, Any]]:
        names = dict(Way.choices)
        return [{**row, "label": names.get(row.get("way", ""), row.get("way", ""))} for row in self.ways]

    @property
    def time_text(self) -> str:
        return next((row["time"] for row in self.ways if row.get("time")), "")

    @property
    def fee_text(self) -> str:
        return next((row["fee"] for row in self.ways if row.get("fee")), "")


def stored_form(instance: Any, filename: str) -> str:  # noqa: ARG001  Django gives it
    """By its own digest: the name somebody gave is never a path."""
    return f"procedures/{instance.sha256[:2]}/{instance.sha256}"


class ProcedureFile(models.Model):
    """A form to download."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="files")
    title = models.CharField(max_length=300)
    file = models.FileField(upload_to=stored_form, max_length=200)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "sha256"], name="procedure_file_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("procedures:public_file", args=[self.version.procedure.code, self.pk])
