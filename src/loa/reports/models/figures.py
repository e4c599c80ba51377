from __future__ import annotations

from typing import Any

from django.db import models

from loa.reports.models.agency_reports import AgencyReport


class ReportFigure(models.Model):
    """One row of a figure table as an agency reports it.

    `counted` and `rows` are what the registers had when it was counted, `value` is what the agency
    reports for the time up to the data cut-off, `estimate` what it expects for the full period. `rows`:
    [{"label", "on", "quantity", "kind": "deliverable"|"assignment"|"duty"|"occurrence"|"estimate_line"|"case"|"event"|"promise"|"", "pk"}].
    """

    report = models.ForeignKey(AgencyReport, on_delete=models.CASCADE, related_name="figures")
    table = models.CharField(max_length=40)
    row = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    counted = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)  # null: by hand
    rows = models.JSONField(default=list)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    estimate = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    reason = models.TextField(blank=True)  # why it differs from the register, or why it is zero

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["report", "table", "row"], name="report_figure_once")]

    def __str__(self) -> str:
        return f"{self.table}.{self.row}: {self.value}"

    @property
    def is_corrected(self) -> bool:
        return self.counted is not None and self.value != self.counted

    def spec(self, tables: list[dict[str, Any]]) -> dict[str, Any]:
        """Its row of the outline; a figure always has one, because a used outline never changes."""
        return next(
            row
            for table in tables
            if table["key"] == self.table
            for row in table["rows"]
            if row["key"] == self.row
        )
