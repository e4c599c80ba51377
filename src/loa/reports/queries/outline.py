from __future__ import annotations

from typing import Any

from django.utils import translation


def title_of(section: dict[str, Any]) -> str:
    """A section's, or a figure table's, title in the reader's language."""
    return _in_language(section, "title")


def label_of(row: dict[str, Any]) -> str:
    """The words of a row of a figure table in the reader's language."""
    return _in_language(row, "label")


def _in_language(named: dict[str, Any], field: str) -> str:
    is_english = (translation.get_language() or "").startswith("en")
    return (named.get(f"{field}_en") if is_english else "") or named[f"{field}_vi"]
