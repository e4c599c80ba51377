"""What passes from a body that ends to its successor: each app says what it moved, a window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that got another holder, or could not (then `why_not` says why and it stays)."""

    kind: Any  # lazy: "Task", "Report"
    label: str
    url: str = ""
    why_not: str = ""
