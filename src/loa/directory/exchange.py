"""Agencies as a sheet: the columns that people hand in and get back. What the rows would change is `queries.exchange`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.core import sheets
from loa.core.sheets import SheetShape

ALIASES_APART = ";"

COLUMNS: dict[str, Any] = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "short_name": gettext_lazy("Short name"),
    "symbol": gettext_lazy("Symbol"),
    "kind": gettext_lazy("Kind"),
    "level": gettext_lazy("Level"),
    "parent": gettext_lazy("Code of the parent"),
    "place": gettext_lazy("Place"),
    "email": gettext_lazy("E-mail"),
    "valid_from": gettext_lazy("Exists from"),
    "valid_to": gettext_lazy("Exists to"),
    "legal_basis": gettext_lazy("Legal basis"),
    "note": gettext_lazy("Note"),
    "aliases": gettext_lazy("Also called"),
}
SHAPE = SheetShape(COLUMNS, required=("code", "name", "kind", "level"))


def write_csv(rows: Iterable[Sequence[str | date | None]]) -> bytes:
    return sheets.write_csv(COLUMNS, rows)


def write_workbook(rows: Iterable[Sequence[str | date | None]]) -> bytes:
    return sheets.write_workbook(_("Agencies"), COLUMNS, rows, days=("valid_from", "valid_to"))
