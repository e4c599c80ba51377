"""A file of the national register, or a sheet of ours, being taken in: read, looked at, confirmed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.core.models import Job
from loa.directory.models import Agency
from loa.procedures.models.procedure import Procedure
from loa.procedures.states import IMPORT_STATES


def stored_register(instance: Any, filename: str) -> str:  # noqa: ARG001  Django gives it
    return f"procedure-imports/{instance.sha256[:2]}/{instance.sha256}"


class ProcedureImport(models.Model):
    """`answers` is what a person said of printed names that nobody knows: {printed: agency code}."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("National register (JSON lines)")
        SHEET = "sheet", _("Sheet (.xlsx)")

    state = models.CharField(
        max_length=10, choices=list(IMPORT_STATES.items()), default="reading", db_index=True
    )
    kind = models.CharField(max_length=8, choices=Kind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="procedure_imports")
    file = models.FileField(upload_to=stored_register, max_length=200)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    other_agency = models.ForeignKey(  # in charge of rows whose body nobody here knows
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.JSONField(default=dict)
    unknown_names = models.JSONField(default=list)  # [[printed, rows], …] most frequent first
    new_fields = models.JSONField(default=list)  # fields that would be added
    counts = models.JSONField(default=dict)  # kind of row -> how many
    done_count = models.PositiveIntegerField(default=0)
    is_announced = models.BooleanField(default=False)  # what it takes in stands in "what changed"
    error = models.TextField(blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("procedures:import_detail", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return {"taking_in": "run", "taken_in": "done", "read": "soon", "dropped": "plain"}.get(
            self.state, ""
        )


class ImportRow(models.Model):
    """What one row of the file does. Unchanged rows are only counted."""

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        BAD = "bad", _("Cannot be taken in")

    imported = models.ForeignKey(ProcedureImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # the line or row of the file
    kind = models.CharField(max_length=8, choices=Kind)
    code = models.CharField(max_length=60, blank=True)
    name = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=list)  # names of fields that get other values
    procedure = models.ForeignKey(
        Procedure, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    base = models.CharField(max_length=64, blank=True)  # digest of what it was compared with
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["imported", "kind", "is_done", "number"], name="import_row_in_order")]

    def __str__(self) -> str:
        return f"{self.number}: {self.code} {self.name}"[:200]
