"""Whole đồng, exact decimals, one way of rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext


def line_amount(quantity: Decimal | int, times: Decimal | int, unit_price: int) -> int:
    """Quantity × times × unit price in đồng, halves rounded up."""
    with localcontext(prec=60):
        product = Decimal(quantity) * Decimal(times) * unit_price
        return int(product.quantize(Decimal(1), rounding=ROUND_HALF_UP))
