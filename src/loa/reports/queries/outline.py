from __future__ import annotations

from typing import Any

from django.utils import translation


def title_of(section: dict[str, Any]) -> str:
    """A section's title in the reader's language."""
    is_english = (translation.get_language() or "").startswith("en")
    return section["title_en"] if is_english else section["title_vi"]
