from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from loa.core.text import fold
from loa.directory.models import Agency
from loa.documents.models.register import Document
from loa.documents.states import LEGAL_STATES
from officialdoc.read.references import LAWS, number_key, title_key


class LegalDocument(models.Model):
    """The public side of a document of the register: whether it is public, in which field, in force from when to when.

    What amends, replaces or abolishes it are the links of other documents that point here.
    """

    state = models.CharField(
        max_length=10, choices=list(LEGAL_STATES.items()), default="draft", db_index=True
    )
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="legal")
    keeper = models.ForeignKey(  # who entered it and answers for it; none where it came with the program
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="legal_documents"
    )
    owns_document = models.BooleanField(
        default=True
    )  # else its number and date are the business of another page
    shipped_code = models.CharField(max_length=80, null=True, blank=True, unique=True, editable=False)
    field = models.CharField(max_length=120, blank=True, db_index=True)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)  # the last day, where the text itself names one
    is_checked = models.BooleanField(default=True)  # somebody has compared it with the published text
    note = models.TextField(blank=True)
    text = models.TextField(blank=True)  # as read from the file
    number_key = models.CharField(max_length=80, editable=False, db_index=True)
    title_key = models.CharField(max_length=300, editable=False, db_index=True)  # of a law, else ""
    search_text = models.TextField(editable=False)
    published_at = models.DateTimeField(null=True, blank=True)  # first
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-document__issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True)
                | Q(effective_from__isnull=True)
                | Q(effective_to__gte=F("effective_from")),
                name="legal_document_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        document = self.document
        self.number_key = number_key(document.printed_number)[:80]
        is_law = document.kind.lower() in LAWS
        self.title_key = title_key(document.subject)[:300] if is_law else ""
        self.search_text = fold(
            f"{document.kind} {document.printed_number} {document.subject} {document.issuer_name} {self.field} {self.text}"
        )
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("documents:legal_detail", args=[self.pk])

    @property
    def public_url(self) -> str:
        return reverse("documents:public_legal_detail", args=[self.pk])

    @property
    def name(self) -> str:
        """As people cite it: "Nghị định 61/2018/NĐ-CP", "Luật Tiếp cận thông tin 2016"."""
        document = self.document
        kind = document.kind.capitalize()
        if self.title_key:
            year = f" {document.issued_on.year}" if document.issued_on else ""
            return f"{kind} {document.subject}{year}"
        return f"{kind} {document.printed_number}".strip()
