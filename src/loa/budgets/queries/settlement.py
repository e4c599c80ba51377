"""The account of each line: what was approved, paid, settled, returned and carried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from loa.budgets.models import Commitment, Estimate, EstimateLine, Payment


@dataclass(frozen=True, slots=True)
class Account:
    """Whole đồng; `settled` and `returned` are None before the line is settled."""

    line_id: int
    approved: int
    paid: int
    settled: int | None
    returned: int | None
    carried: int


def _sum_of(model: type[Commitment | Payment]) -> Any:
    live = model.objects.filter(line=OuterRef("pk"), withdrawn_at__isnull=True)
    total = live.order_by().values("line").annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)


def with_money(lines: QuerySet[EstimateLine]) -> QuerySet[EstimateLine]:
    """Lines with `approved_amount`, `committed_amount` and `paid_amount`."""
    return lines.annotate(
        approved_amount=Coalesce("approved__amount", 0),
        committed_amount=_sum_of(Commitment),
        paid_amount=_sum_of(Payment),
    )


def accounts_of(estimate: Estimate) -> Iterator[Account]:
    return _accounts(estimate.lines.all())


def account_of(line: EstimateLine) -> Account:
    return next(_accounts(EstimateLine.objects.filter(pk=line.pk)))


def _accounts(lines: QuerySet[EstimateLine]) -> Iterator[Account]:
    rows: Any = with_money(lines).values_list(  # type: ignore[misc]  # annotated just above
        "pk",
        "approved_amount",
        "paid_amount",
        "settlement__settled_amount",
        "settlement__returned_amount",
        "carried__amount",
    )
    for pk, approved, paid, settled, returned, carried in rows:
        yield Account(pk, int(approved), int(paid), settled, returned, carried or 0)
