"""An estimate's lines as a sheet: the columns, and how a cell becomes a sum or a quantity.

What is exported can be handed in again; the official table that offices use is read as well: headings below a
title, rows that only name a group, totals at the end.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.budgets.models import MOST_MONEY
from loa.budgets.numbers import read_money, read_quantity
from loa.core.sheets import SheetShape

COLUMNS: dict[str, Any] = {
    "key": gettext_lazy("Key of the line"),
    "no": gettext_lazy("No."),
    "task": gettext_lazy("Task no."),
    "content": gettext_lazy("What is paid for"),
    "unit": gettext_lazy("Unit"),
    "quantity": gettext_lazy("Quantity"),
    "times": gettext_lazy("Times"),
    "unit_price": gettext_lazy("Unit price (đồng)"),
    "amount": gettext_lazy("Amount (đồng)"),
    "norm": gettext_lazy("Code of the norm"),
    "legal_basis": gettext_lazy("Legal basis"),
    "funding_source": gettext_lazy("Source of funds"),
    "expense_item": gettext_lazy("Expense item"),
    "note": gettext_lazy("Note"),
}
SHAPE = SheetShape(
    COLUMNS,
    required=("content", "quantity", "unit_price"),
    other_words={
        "no": ("TT", "STT", "Số TT"),
        "content": ("Nội dung", "Nội dung chi", "Nội dung công việc"),
        "unit": ("ĐVT", "Đơn vị tính"),
        "quantity": ("Số lượng", "SL"),
        "times": ("Số lần", "Số ngày", "Số buổi", "Số ngày/buổi"),
        "unit_price": ("Đơn giá", "Định mức chi", "Đơn giá (đ)", "Đơn giá (VNĐ)"),
        "amount": ("Thành tiền", "Thành tiền (đ)", "Thành tiền (VNĐ)"),
        "legal_basis": ("Căn cứ", "Căn cứ định mức"),
        "funding_source": ("Nguồn", "Nguồn kinh phí"),
        "expense_item": ("Mục, tiểu mục", "Mục/tiểu mục", "Mục"),
        "note": ("Ghi chú",),
    },
    heading_within=30,
)
TOTAL_WORDS = ("tong", "cong", "bang chu")  # how a line of totals begins, folded


class CellError(ValueError):
    """A cell that means nothing here. Its text says what is wrong and what to write instead."""


def money_of(cell: str) -> int:
    """Whole đồng of a cell: "1500000", "1.500.000 đ". Raises CellError."""
    try:
        amount = read_money(cell)
    except ValueError as error:
        raise CellError(
            _("“%(cell)s” is not a sum in whole đồng, such as 1.500.000.") % {"cell": cell}
        ) from error
    if amount > MOST_MONEY:
        raise CellError(_("The sum is too large."))
    return amount


def quantity_of(cell: str, *, digits: int) -> Decimal:
    """A quantity with at most two decimals, "1,5" or "1.200"; `digits` before the comma. Raises CellError."""
    try:
        number = read_quantity(cell)
    except ValueError as error:
        raise CellError(_("“%(cell)s” is not a number, such as 12 or 1,5.") % {"cell": cell}) from error
    if number >= 10**digits:
        raise CellError(_("“%(cell)s” has too many digits.") % {"cell": cell})
    return number
