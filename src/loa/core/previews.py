"""What a sheet would change in a register, row by row, before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from loa.core.sheets import RowError, digest_of

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    key: str
    label: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one row does: a new object (`obj` is None) or the fields of a known one that differ."""

    number: int  # 0 where no row of the sheet names the object: it would be removed
    label: str
    values: Values
    obj: Any = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(slots=True)
class Preview:
    added: list[RowChange] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    removed: list[RowChange] = field(default_factory=list)
    unchanged_count: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def rows(self) -> list[RowChange]:
        return [*self.added, *self.changed, *self.removed]

    @property
    def can_apply(self) -> bool:
        return not self.errors and bool(self.rows)

    @property
    def digest(self) -> str:
        """Two previews with the same digest do the same to the same objects."""
        return digest_of(
            [
                [
                    row.number,
                    row.obj.pk if row.obj else None,
                    row.values,
                    [[c.key, c.old] for c in row.changes],
                ]
                for row in self.rows
            ]
        )
