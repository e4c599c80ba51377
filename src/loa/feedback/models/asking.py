from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.core import clock
from loa.core.sealing import SealedField
from loa.feedback.models.case import Case
from loa.feedback.states import DATA_REQUEST_STATES


class Draft(models.Model):
    """A case that is being written in the public form: all of it sealed, gone a day after the last word.

    `key` is the fingerprint of what the browser holds, and becomes the key of the case: sent twice, it is one case.
    """

    key = models.CharField(max_length=64, unique=True)
    said = SealedField(blank=True)  # JSON of what was typed
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class DraftFile(models.Model):
    """A file of a draft, checked already; its content lies sealed in a folder of the draft's own."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    path = models.CharField(max_length=200)
    name = SealedField()
    kind = models.CharField(max_length=10)  # the ending that its content has
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "path"], name="draft_file_once")]

    def __str__(self) -> str:
        return f"file of draft {self.draft_id}"


class Reopening(models.Model):
    """A case was opened again: why, and the answer that did not satisfy."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reopenings")
    reason = models.TextField()
    earlier_answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {clock.day_of(self.at):%d/%m/%Y}"


class DataRequest(models.Model):
    """The asker wants a copy, a correction or the erasure of the personal data kept with a case.

    Its two time limits, to reply and to carry out, stand with the rules they came from; where no text of the day
    sets one, there is none. What is to be written instead lies sealed until it is carried out.
    """

    class Kind(models.TextChoices):
        COPY = "copy", _("A copy of my data")
        CORRECTION = "correction", _("Correct my data")
        ERASURE = "erasure", _("Erase my data")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="data_requests")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(
        max_length=10, choices=list(DATA_REQUEST_STATES.items()), default="asked", db_index=True
    )
    words = SealedField(blank=True)
    wanted = SealedField(blank=True)  # JSON: the fields of the asker as they should read
    with_content = models.BooleanField(_("with what I wrote"), default=False)
    asked_at = models.DateTimeField()
    reply_due_on = models.DateField(null=True, blank=True)
    reply_basis = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_basis = models.CharField(max_length=300, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = pgettext_lazy("privacy", "request about own data")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(state__in=("asked", "replied")),
                name="data_request_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {clock.day_of(self.asked_at):%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("feedback:data_request_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
