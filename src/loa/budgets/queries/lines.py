"""Lines as the pages list them: each column is counted in the database, for the page that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Prefetch, QuerySet, Subquery, Sum

from loa.budgets.models import (
    CarriedMoney,
    Estimate,
    EstimateLine,
    EstimateVersion,
    LineAppraisal,
    VersionLine,
)
from loa.budgets.queries.settlement import with_money


@dataclass(frozen=True, slots=True)
class Totals:
    """Of an estimate's lines, whole đồng."""

    count: int
    proposed: int
    appraised: int
    approved: int


def totals_of(estimate: Estimate) -> Totals:
    """One query, whatever the number of lines."""
    found = estimate.lines.aggregate(
        count=Count("pk"),
        proposed=Sum("amount"),
        appraised=Sum("appraised_amount"),
        approved=Sum("approved__amount"),
    )
    return Totals(**{name: int(total or 0) for name, total in found.items()})


def listed_lines(estimate: Estimate) -> QuerySet[EstimateLine]:
    """For the table of an estimate: names beside each line, money from decisions, contracts and payments."""
    rows = estimate.lines.select_related("estimate__budget", "task", "duty_assignment__duty", "norm")
    return with_money(rows)


def appraised_lines(estimate: Estimate) -> QuerySet[EstimateLine]:
    """With what each body said (`words`)."""
    words = Prefetch("appraisals", LineAppraisal.objects.select_related("by"), to_attr="words")
    return estimate.lines.select_related("estimate__budget", "task", "norm").prefetch_related(words)


def cut_lines(lines: QuerySet[EstimateLine]) -> QuerySet[EstimateLine]:
    """Of which a body gave less than was proposed, or changed something."""
    return lines.filter(
        Exists(LineAppraisal.objects.filter(line=OuterRef("pk"), is_stale=False, is_change=True))
    )


def unlooked_lines(lines: QuerySet[EstimateLine], side: str) -> QuerySet[EstimateLine]:
    """On which a body has not spoken, or spoke before they were changed."""
    spoken = LineAppraisal.objects.filter(line=OuterRef("pk"), side=side, is_stale=False)
    return lines.filter(~Exists(spoken))


@dataclass(frozen=True, slots=True)
class SideTotals:
    """How far one body is."""

    looked: int
    cut_count: int
    amount: int


def side_totals(estimate: Estimate) -> dict[str, SideTotals]:
    """Side → how many lines it looked at, how many it changed, what it gives. One query."""
    rows = (
        LineAppraisal.objects.filter(line__estimate=estimate, is_stale=False)
        .order_by()
        .values("side")
        .annotate(looked=Count("pk"), amount=Sum("amount"))
    )
    changed = dict(
        LineAppraisal.objects.filter(line__estimate=estimate, is_stale=False, is_change=True)
        .order_by()
        .values_list("side")
        .annotate(count=Count("pk"))
    )
    found = {
        row["side"]: SideTotals(row["looked"], changed.get(row["side"], 0), int(row["amount"]))
        for row in rows
    }
    return {side: found.get(side, SideTotals(0, 0, 0)) for side in ("content", "money")}


def versions_of(estimate: Estimate) -> QuerySet[EstimateVersion]:
    return estimate.versions.select_related("by").order_by("number")


def compared_lines(first: EstimateVersion, second: EstimateVersion) -> QuerySet[VersionLine]:
    """Lines of the newer version with `before` (None: not there); then those that are gone since."""
    return (
        VersionLine.objects.filter(version=second)
        .annotate(before=_amount_in(first))
        .order_by("position", "pk")
    )


def _amount_in(version: EstimateVersion) -> Subquery:
    same = VersionLine.objects.filter(version=version, line_key=OuterRef("line_key"))
    return Subquery(same.values("amount")[:1], output_field=BigIntegerField())


def gone_lines(first: EstimateVersion, second: EstimateVersion) -> QuerySet[VersionLine]:
    """Lines of the older version that the newer has no longer."""
    kept = VersionLine.objects.filter(version=second, line_key=OuterRef("line_key"))
    return VersionLine.objects.filter(~Exists(kept), version=first)


def carried_to(estimate: Estimate) -> int:
    """Money that earlier years' estimates of the agency carried into this year."""
    rows = CarriedMoney.objects.filter(line__estimate__agency=estimate.agency_id, to_year=estimate.year)
    return int(rows.aggregate(sum=Sum("amount"))["sum"] or 0)
