"""The cache of an installation on one machine: files, shared by its site and its worker.

Django's file cache is made for pages, ours keeps counts: how often somebody sent, which proof of a person was used.
So a count is raised by one process at a time and keeps the time it runs out; the directory is listed at one write of
many, since a flood would make each write list thousands of files; and what has run out goes before what is in use.
"""

from __future__ import annotations

import fcntl
import pickle
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

LOOKED_OVER_EACH = 200  # writes of a process


class CountingFileCache(FileBasedCache):
    """As Django's, but `add` and `incr` of several processes come one after the other."""

    _dir: str
    _writes = count(1)  # of all threads: each has a cache of its own

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        with self._alone():
            return bool(super().add(key, value, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError where the key is not there; it runs out when it would have."""
        with self._alone():
            value = self.get(key, version=version)
            if value is None:
                raise ValueError(f"Key '{key}' not found")
            runs_out = _runs_out(Path(self._key_to_file(key, version)))  # type: ignore[attr-defined]
            left = None if runs_out is None else max(0, runs_out - time.time())
            self.set(key, value + delta, timeout=left, version=version)
            return int(value + delta)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        Path(self._dir).mkdir(mode=0o700, parents=True, exist_ok=True)
        with (Path(self._dir) / "turn").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)  # let go when the file is closed, also by a kill
            yield

    def _cull(self) -> None:
        """What has run out, then the oldest, where there is more than is kept."""
        if next(self._writes) % LOOKED_OVER_EACH:
            return
        kept = list(Path(self._dir).glob(f"*{self.cache_suffix}"))
        if len(kept) < self._max_entries:
            return
        now, in_use = time.time(), []
        for file in kept:
            runs_out = _runs_out(file)
            if runs_out is None or runs_out >= now:
                in_use.append((file.stat().st_mtime, file))
            else:
                file.unlink(missing_ok=True)
        surplus = len(in_use) // self._cull_frequency if len(in_use) >= self._max_entries else 0
        for _written_at, file in sorted(in_use)[:surplus]:
            file.unlink(missing_ok=True)


def _runs_out(file: Path) -> float | None:
    """The moment an entry runs out, in seconds; None where it never does, 0 where it is gone."""
    try:
        with file.open("rb") as opened:
            moment: float | None = pickle.load(opened)  # noqa: S301  our own files
    except (FileNotFoundError, EOFError):
        return 0
    return moment
