"""What passes from a body that ends to its successor: each app says what it moved, a window shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that got another holder, or could not (then `why_not` says why and it stays).

    `how`: moved, merged, begun, ended, kept or told (directory's HandOver.How); `note`: what else is to be known.
    """

    kind: Any  # lazy: "Task", "Report"
    label: str
    url: str = ""
    why_not: Any = ""  # lazy
    how: str = "moved"
    note: Any = ""  # lazy


@dataclass(frozen=True, slots=True)
class Share:
    """Which part of a body's work one successor takes: what is named for it, and maybe all the rest.

    `mine` and `others` map "task", "duty", "plan" to primary keys.
    """

    takes_rest: bool = True
    mine: Mapping[str, frozenset[int]] = field(default_factory=dict)
    others: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def takes(self, noun: str, key: int) -> bool:
        if key in self.mine.get(noun, ()):
            return True
        return self.takes_rest and key not in self.others.get(noun, ())


WHOLE = Share()
