"""Frozen copies of an estimate, and who had a hand in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Max

from loa.budgets.models import Estimate, EstimateHand, EstimateLine, EstimateVersion, VersionLine
from loa.core import clock
from loa.directory.models import User

COPIED = ("position", "content", "unit", "quantity", "times", "unit_price", "funding_source")
BATCH = 1000


def freeze(
    estimate: Estimate,
    kind: str,
    *,
    by: User,
    note: str = "",
    amount: Callable[[EstimateLine], int] | None = None,
) -> EstimateVersion:
    """Copy every line as it stands. `amount` says which amount the version is about (default: the proposed).

    Must run inside the act that makes the version. The number of queries grows by one per thousand lines.
    """
    amount = amount or (lambda line: line.amount)
    last = estimate.versions.aggregate(last=Max("number"))["last"] or 0
    lines = list(estimate.lines.select_related("approved"))
    version = EstimateVersion.objects.create(
        estimate=estimate,
        number=last + 1,
        kind=kind,
        total=sum(amount(line) for line in lines),
        line_count=len(lines),
        note=note,
        by=by,
        at=clock.now(),
    )
    VersionLine.objects.bulk_create((_copy(version, line, amount(line)) for line in lines), batch_size=BATCH)
    Estimate.objects.filter(pk=estimate.pk).update(version=F("version") + 1)
    estimate.version += 1
    return version


def _copy(version: EstimateVersion, line: EstimateLine, amount: int) -> VersionLine:
    copied: dict[str, Any] = {name: getattr(line, name) for name in COPIED}
    return VersionLine(version=version, line_key=line.pk, amount=amount, **copied)


def note_hand(estimate: Estimate, part: str, *, by: User) -> None:
    """Remember that a person proposed or appraised: the rules ask for it."""
    if by.pk in estimate.hands_of[part]:
        return
    EstimateHand.objects.get_or_create(estimate=estimate, user=by, part=part)
    estimate.hands_of[part].add(by.pk)
