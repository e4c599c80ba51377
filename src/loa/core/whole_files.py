"""Files that are there whole or not at all.

Django's own storage writes under the final name: a process that is killed while it writes leaves half a file there,
and what is named by its content would be taken for kept from then on.
"""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage, storages

UNFINISHED = ".unfinished"
KEPT = 24 * 3600  # seconds: no upload takes longer


class WholeFileStorage(FileSystemStorage):
    """Writes in a folder apart and moves at once to the place, on the disk before anybody is told."""

    def _save(self, name: str, content: Any) -> str:
        draft = Path(self.path(super()._save(f"{UNFINISHED}/{secrets.token_hex(8)}", content)))  # type: ignore[misc]
        try:
            _to_disk(draft)
            return self._give_name(draft, name)
        finally:
            draft.unlink(missing_ok=True)

    def _give_name(self, draft: Path, name: str) -> str:
        """A link is refused where the name is taken meanwhile: then the next free one, as Django does."""
        while True:
            place = Path(self.path(name))
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(draft, place)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                _to_disk(place.parent)
                return name


def _to_disk(place: Path) -> None:
    held = os.open(place, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def forget_unfinished() -> int:
    """Remove what killed processes have left, a day later. Returns how many files."""
    count = 0
    for alias in storages.backends:
        if isinstance(storage := storages[alias], WholeFileStorage):
            for draft in (Path(storage.location) / UNFINISHED).glob("*"):
                if time.time() - draft.stat().st_mtime > KEPT:
                    draft.unlink(missing_ok=True)
                    count += 1
    return count
