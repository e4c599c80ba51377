"""Numbers and lists as the paper prints them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loa.plans.models import Deliverable


def in_digits(value: Decimal | float) -> str:
    """From one to nine with a leading zero, as offices write; a comma before decimals."""
    number = Decimal(str(value))
    if number == number.to_integral_value():
        return f"{int(number):02d}" if 0 < number < 10 else f"{int(number):,}".replace(",", ".")
    return f"{number.normalize():,f}".translate(str.maketrans(",.", ".,"))


def by_unit(deliverables: Iterable[Deliverable], wording: dict[str, Any]) -> dict[str, Decimal]:
    """Quantities added up per unit; one without a unit counts under the name of its kind."""
    kinds = wording["prefill"]["deliverable_kinds"]
    sums: dict[str, Decimal] = {}
    for row in deliverables:
        unit = row.unit or kinds.get(row.kind, row.kind)
        sums[unit] = sums.get(unit, Decimal()) + row.quantity
    return sums


def listed_quantities(sums: dict[str, Decimal]) -> str:
    """As in "06 cuộc đối thoại; 12 tin, bài"."""
    return "; ".join(f"{in_digits(quantity)} {unit}" for unit, quantity in sums.items())
