from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.core.text import fold
from loa.directory.models import Agency, ReorganisationDecision
from loa.documents.states import READING_STATES


def stored_name(instance: Any, filename: str) -> str:  # noqa: ARG001  Django gives it
    """Where a file is kept: by its own digest, so that the name somebody gave it is never a path."""
    return f"documents/{instance.sha256[:2]}/{instance.sha256}"


class Document(models.Model):
    """One row of the register of documents, coming in, going out, or issued by the body itself."""

    class Direction(models.TextChoices):
        IN = "in", _("Incoming")
        OUT = "out", _("Outgoing")

    direction = models.CharField(max_length=3, choices=Direction)
    kind = models.CharField(max_length=100)  # as printed: "KẾ HOẠCH"
    number = models.PositiveIntegerField(null=True, blank=True)
    symbol = models.CharField(max_length=60, blank=True)  # "KH-UBND"
    printed_number = models.CharField(max_length=80, blank=True)  # "42/KH-UBND"
    issuer = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    issuer_name = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    subject = models.TextField()
    signer_name = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=200, blank=True)
    signer_authority = models.CharField(max_length=300, blank=True)
    recipients = models.JSONField(default=list)
    file = models.FileField(upload_to=stored_name, blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    search_text = models.TextField(editable=False)
    readers = models.ManyToManyField(Agency, blank=True, related_name="readable_documents")
    decides = models.ForeignKey(  # the paper of a reorganisation
        ReorganisationDecision, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "printed_number", "issued_on"],
                condition=~Q(printed_number="") & Q(issuer__isnull=False),
                name="document_number_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.printed_number}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.kind} {self.printed_number} {self.subject} {self.issuer_name}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("documents:document_detail", args=[self.pk])


class DocumentLink(models.Model):
    """What a document rests on or refers to; the other document itself where the register holds it."""

    class Kind(models.TextChoices):
        BASIS = "basis", _("Legal basis")
        REFERENCE = "reference", _("Reference")
        AMENDS = "amends", _("Amends")
        REPLACES = "replaces", _("Replaces")
        ABOLISHES = "abolishes", _("Abolishes")
        PARTLY_ABOLISHES = "partly_abolishes", _("Partly abolishes")
        GUIDES = "guides", _("Guides")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    other = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="linked_from"
    )
    position = models.PositiveSmallIntegerField()
    # from when it acts on the other document; none: from the day its own document takes effect
    acts_from = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)  # which parts, or how it is known

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.number or self.text[:80]


class Reading(models.Model):
    """A file being read into proposals that wait for a human yes. The original is kept untouched."""

    state = models.CharField(
        max_length=10, choices=list(READING_STATES.items()), default="queued", db_index=True
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="readings")  # who imports
    file = models.FileField(upload_to=stored_name, max_length=200)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    text = models.TextField(blank=True)
    header = models.JSONField(default=dict)  # fields of plan-json that are no lists, as read
    warnings = models.JSONField(default=list)
    # what a person answered for the whole document: {"names": {printed: code}, "issuer": code, "year": 2019, …}
    answers = models.JSONField(default=dict)
    error_vi = models.TextField(blank=True)
    error_en = models.TextField(blank=True)
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="reading"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    began_at = models.DateTimeField(null=True, blank=True)  # when a worker last took it up
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "sha256"],
                condition=~Q(state__in=["dropped", "failed"]),
                name="reading_once",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("plans:import_detail", args=[self.pk])

    @property
    def error(self) -> str:
        """Why it could not be read, in the language of the page."""
        is_english = (get_language() or "").startswith("en")
        return (self.error_en if is_english else self.error_vi) or self.error_vi


class Proposal(models.Model):
    """One thing found in the file: as read (`found`), as the person left it (`data`), and where it stood."""

    class Kind(models.TextChoices):
        HEADER = "header", _("Header")
        BASIS = "basis", _("Legal basis")
        TOPIC = "topic", _("Topic")
        FORM = "form", _("Form of communication")
        TASK = "task", pgettext_lazy("of a plan", "Task")
        DUTY = "duty", _("Standing duty")
        RULE = "rule", _("Reporting rule")

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=8, choices=Kind)
    position = models.PositiveIntegerField()
    found = models.JSONField()  # never changed
    data = models.JSONField()
    source = models.JSONField(default=dict)  # {"start", "end", "page", "table", "row"}
    confidence = models.FloatField(default=1.0)
    is_dropped = models.BooleanField(default=False)
    is_checked = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)  # two people editing one proposal: the second is told

    class Meta:
        ordering = ["kind", "position", "pk"]
        indexes = [models.Index(fields=["reading", "kind", "position"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"
