"""What remains of a gathering on paper: its conclusion, its minutes, certificates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.documents.models import Document
from loa.events.models.event import Event
from loa.events.models.people import Registration
from loa.events.states import PAPER_STATES


class EventPaper(models.Model):
    """The conclusion announced after it, or the minutes; issued, it stands in the register of documents."""

    class Kind(models.TextChoices):
        CONCLUSION = "conclusion", _("Announcement of the conclusion")
        MINUTES = "minutes", pgettext_lazy("of a meeting", "Minutes")

    state = models.CharField(max_length=9, choices=list(PAPER_STATES.items()), default="draft", db_index=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(max_length=60_000)
    receivers = models.TextField(max_length=2000, blank=True)  # one a line, as printed
    signature = models.JSONField(default=dict, blank=True)  # of who signed it: title, authority, name
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()
    issued_on = models.DateField(null=True, blank=True)
    document = models.OneToOneField(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="event_paper"
    )

    class Meta:
        ordering = ["event", "kind"]
        verbose_name = _("paper of an event")
        verbose_name_plural = _("papers of an event")
        constraints = [models.UniqueConstraint(fields=["event", "kind"], name="event_paper_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.event}"

    def get_absolute_url(self) -> str:
        return reverse("events:paper_detail", args=[self.pk])

    @property
    def writer_ids(self) -> set[int]:
        return {pk for pk in (self.writer_id, self.handed_in_by_id) if pk}

    @property
    def state_tone(self) -> str:
        return {"draft": "soon", "with_head": "wait", "issued": "done"}[self.state]


class Certificate(models.Model):
    """Given to a person who was there; its number is of the organiser's series of the year."""

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="certificate")
    number = models.PositiveIntegerField()
    printed_number = models.CharField(max_length=60)
    name = models.CharField(max_length=200)  # as printed
    issued_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["issued_on", "number"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.printed_number
