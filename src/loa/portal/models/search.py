"""What the public search looks through: one row for each public thing, of whichever register."""

from __future__ import annotations

from django.db import models
from modelsearch import index

from loa.directory.models import Agency


class PublicText(index.Indexed, models.Model):
    """A public thing as the search knows it: its words, folded, and what a hit shows."""

    kind = models.CharField(max_length=20)  # a name of loa.portal.queries.search.sources
    object_pk = models.PositiveBigIntegerField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(
        "portal.SiteHome", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(max_length=500)
    text = models.TextField()
    url = models.CharField(max_length=500)
    on = models.DateField(null=True, blank=True)
    title_words = models.CharField(max_length=600)  # loa.core.text.words: letters and numbers alone
    words = models.TextField()

    search_auto_update = False  # loa.portal.actions.search says when
    search_fields = [
        index.SearchField("title_words", boost=3),
        index.SearchField("words"),
        index.FilterField("kind"),
        index.FilterField("agency"),
        index.FilterField("site"),
        index.FilterField("on"),
        index.FilterField("id"),
    ]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_pk"], name="public_text_once")]
        indexes = [models.Index(fields=["kind", "-on"])]

    def __str__(self) -> str:
        return self.title


class KnownWord(models.Model):
    """A word that occurs in public texts, for "did you mean": folded, and as it is mostly written."""

    folded = models.CharField(max_length=60, unique=True)
    shown = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField(db_index=True)  # of the folded word
    count = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.shown
