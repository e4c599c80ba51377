from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse


class ReportTemplate(models.Model):
    """The outline of a kind of report, dated: which headings, in which order, fed by what.

    `sections`: [{"key", "title_vi", "title_en", "feeds": "figures"|"lines"|"duties"|"texts"|"hand",
    "asked": bool, "prefill": "obstacles"|"proposals"|"unfinished"|"", "optional": bool, "parts": [...]}].
    A section with parts has no words of its own; `asked` ones are filled in by each agency.
    `agency_sections`: [{"key", "title_vi", "title_en"}], the outline of one agency's report.
    `tables`: [{"key", "title_vi", "title_en", "rows": [{"key", "label_vi", "label_en", "unit", "formula",
    "arguments": {...}, "asks_zero_reason": bool}]}]; the formulas are those of queries/formulas.py, a row
    without one is filled in by hand. A version that a round was opened with is never changed any more.
    `wording`: the words that the paper and its drafts use, always Vietnamese (data/templates.json).
    """

    code = models.SlugField(max_length=60)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    sections = models.JSONField()
    agency_sections = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    wording = models.JSONField(default=dict)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name_vi", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="template_version_once")]

    def __str__(self) -> str:
        return self.name_vi

    def get_absolute_url(self) -> str:
        return reverse("reports:template_detail", args=[self.pk])

    @property
    def figure_rows(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """(table, row) of every figure that is asked, in order."""
        return [(table, row) for table in self.tables for row in table["rows"]]

    @property
    def leaves(self) -> list[dict[str, Any]]:
        """The sections that hold words, in order."""
        return [part for section in self.sections for part in section.get("parts") or [section]]

    @property
    def asked_sections(self) -> list[dict[str, Any]]:
        return [leaf for leaf in self.leaves if leaf.get("asked")]
