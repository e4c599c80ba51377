from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.campaigns.states import SCRIPT_STATES
from loa.core.text import fold
from loa.directory.models import Agency


class Station(models.Model):
    """How a station reads: its speed, its opening and closing words. The one without agency holds for all others."""

    agency = models.OneToOneField(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="radio_station"
    )
    name = models.CharField(max_length=200)
    words_per_minute = models.PositiveSmallIntegerField()  # a Vietnamese word is a syllable
    target_seconds = models.PositiveSmallIntegerField()
    longest_sentence = models.PositiveSmallIntegerField()  # words read in one breath
    opening = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = [F("agency").asc(nulls_first=True), "name"]
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        constraints = [
            models.CheckConstraint(
                condition=Q(words_per_minute__gt=0, target_seconds__gt=0, longest_sentence__gt=0),
                name="station_positive",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Abbreviation(models.Model):
    """How letters are read aloud, from a day to a day: UBND → Ủy ban nhân dân."""

    letters = models.CharField(max_length=40)
    spoken = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["letters", "valid_from"]
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")
        constraints = [models.UniqueConstraint(fields=["letters", "valid_from"], name="abbreviation_once")]

    def __str__(self) -> str:
        return f"{self.letters}: {self.spoken}"


class Script(models.Model):
    """A text for a radio reader, made from an article or pasted: what is read is derived and kept beside it.

    `readings`: {piece as written: how it is read}; what is not in it is read by the rules. A piece that stands
    for itself is read as it is written. `spoken_text` is what `text` and `readings` gave when it was last saved.
    """

    state = models.CharField(
        max_length=8, choices=list(SCRIPT_STATES.items()), default="draft", db_index=True
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="scripts")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="scripts")
    title = models.CharField(max_length=300)
    source = models.CharField(max_length=200)  # "story:12", "text:<digest>": one unfinished script of each
    source_url = models.CharField(max_length=500, blank=True)
    source_text = models.TextField()
    text = models.TextField()
    readings = models.JSONField(default=dict, blank=True)
    spoken_text = models.TextField(editable=False)
    seconds = models.PositiveIntegerField(editable=False)
    target_seconds = models.PositiveSmallIntegerField()
    slot_on = models.DateField(null=True, blank=True, db_index=True)
    slot_at = models.TimeField(null=True, blank=True)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("radio script")
        verbose_name_plural = _("radio scripts")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "source"],
                condition=Q(state__in=("draft", "checked", "approved")),
                name="script_once",
            )
        ]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_text = fold(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("campaigns:script_detail", args=[self.pk])
