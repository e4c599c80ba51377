from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from loa.core.text import fold
from loa.directory.models import Agency, AgencyGroup
from loa.documents.models import Document, stored_name
from loa.plans.models.plan import Plan
from loa.plans.states import GUIDANCE_STATES, RECEIPT_STATES


class Guidance(models.Model):
    """A note on how to carry out the plan, sent down to bodies that acknowledge it."""

    state = models.CharField(
        max_length=9, choices=list(GUIDANCE_STATES.items()), default="draft", db_index=True
    )
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="guidance")
    title = models.CharField(max_length=300)
    text = models.TextField()
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="guidance"
    )
    agencies = models.ManyToManyField(Agency, blank=True, related_name="+")
    groups = models.ManyToManyField(AgencyGroup, blank=True, related_name="+")
    acknowledge_by = models.DateField(null=True, blank=True)
    search_text = models.TextField(editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(f"{self.title} {self.text}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("plans:guidance_detail", args=[self.pk])


class GuidanceFile(models.Model):
    guidance = models.ForeignKey(Guidance, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to=stored_name, max_length=200)
    file_name = models.CharField(max_length=255)
    file_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["guidance", "sha256"], name="guidance_file_once")]

    def __str__(self) -> str:
        return self.file_name


class GuidanceReceipt(models.Model):
    """One body that got the note: whether it has acknowledged, what it asked, what it was answered."""

    state = models.CharField(
        max_length=12, choices=list(RECEIPT_STATES.items()), default="waiting", db_index=True
    )
    guidance = models.ForeignKey(Guidance, on_delete=models.CASCADE, related_name="receipts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="guidance_receipts")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["guidance", "agency"], name="guidance_receipt_once")]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.guidance} – {self.agency}"

    def get_absolute_url(self) -> str:
        return self.guidance.get_absolute_url()

    @property
    def state_tone(self) -> str:
        return {"waiting": "wait", "questioned": "soon"}.get(self.state, "done")
