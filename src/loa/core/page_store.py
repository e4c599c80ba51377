"""Finished public pages as files, found by address and forgotten by the tables they were made from.

    <root>/<day>/<host>/<language>/<path>/index.html, .html.gz   what a web server may hand out by itself
    <root>/<day>/<host>/<language>/<path>/_/<digest>             the same or a page with a query, with its headers
    <root>/tables/<table>/<digest>                               names a page that was made from the table
    <root>/written/<table>                                       grows by a byte with each commit that wrote the table

A page is put in its place only while nothing it was made from has been written since it was begun; a commit makes
its tables' pages vanish. Both happen under one lock, so no reader who comes after a commit sees what was before it.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_PLAIN_PATH = re.compile(r"/(?:[a-z0-9][a-z0-9._-]*(?:/|\Z))*\Z")
_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")
_MAX_PATH = 400
MAX_PAGES_OF_PATH = 40  # with different queries: a flood of made-up ones must not fill the disk
HELD = 400  # pages kept in memory by a process


class Address(NamedTuple):
    host: str  # lower case, without port
    language: str
    path: str
    query: str = ""


class StoredPage(NamedTuple):
    headers: tuple[tuple[str, str], ...]
    body: bytes
    packed: bytes  # gzip
    etag: str
    versions: dict[str, str]


class PageStore:
    """`versions` tells what each table was last written as where several hosts share a database; else files do."""

    def __init__(
        self, root: Path, *, max_age: float, versions: Callable[[], Mapping[str, str]] | None = None
    ) -> None:
        self.root = root
        self.max_age = max_age
        self.shared_versions = versions
        self._held: dict[Path, tuple[int, StoredPage]] = {}

    # Reading --------------------------------------------------------------------------------------
    def find(self, address: Address, *, day: str) -> StoredPage | None:
        """The page, unless it is too old, of another day, or made from what has been written since."""
        place = self._place(address, day)
        if place is None:
            return None
        try:
            facts = place.stat()
        except OSError:
            return None
        if time.time() - facts.st_mtime > self.max_age:
            return None
        held = self._held.get(place)
        if held is None or held[0] != facts.st_mtime_ns:
            try:
                held = facts.st_mtime_ns, _unpacked(place.read_bytes())
            except (OSError, ValueError, KeyError):
                return None
            if len(self._held) >= HELD:
                self._held.clear()
            self._held[place] = held
        stored = held[1]
        if self.shared_versions is not None:
            now = self.shared_versions()
            if any(now.get(table, "") != version for table, version in stored.versions.items()):
                return None
        return stored

    # Writing --------------------------------------------------------------------------------------
    def versions(self) -> dict[str, str]:
        """What each table was last written as; to be asked before a page is begun."""
        if self.shared_versions is not None:
            return dict(self.shared_versions())
        try:
            with os.scandir(self.root / "written") as entries:
                return {entry.name: str(entry.stat().st_size) for entry in entries}
        except OSError:
            return {}

    def keep(
        self,
        address: Address,
        *,
        day: str,
        headers: list[tuple[str, str]],
        body: bytes,
        tables: set[str],
        before: Mapping[str, str],
    ) -> bool:
        """Put a page in its place; False where that cannot be, because the world has moved on or it has no place."""
        place = self._place(address, day)
        if place is None or (address.query and self._is_crowded(place.parent)):
            return False
        packed = gzip.compress(body, 6, mtime=0)
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        versions = {table: before.get(table, "") for table in sorted(tables)}
        head = {"headers": headers, "etag": etag, "versions": versions, "length": len(body)}
        content = json.dumps(head).encode() + b"\n" + body + packed
        is_html = dict(headers).get("Content-Type", "").startswith("text/html")
        is_page = is_html and address.path.endswith(
            "/"
        )  # a web server finds nothing under the name of a file
        with self._locked():
            now = self.versions()
            if any(now.get(table, "") != version for table, version in versions.items()):
                return False
            for table in versions:
                self._note(table, place)
            if is_page and not address.query:
                _write(place.parent.parent / "index.html.gz", packed)
                _write(place.parent.parent / "index.html", body)
            _write(place, content)
        return True

    def forget(self, tables: frozenset[str]) -> None:
        """Whatever was made from one of the tables is gone when this returns."""
        with self._locked():
            for table in tables:
                with (self._folder("written") / table).open("ab") as file:
                    file.write(b".")
                self._forget_table(table)

    def forget_all(self) -> None:
        with self._locked():
            for folder in _folders(self.root):
                if folder.name != "written":
                    shutil.rmtree(folder, ignore_errors=True)

    def expire(self, *, day: str) -> int:
        """Clear away other days and what is too old; returns how many pages went."""
        gone = 0
        with self._locked():
            for folder in _folders(self.root):
                if folder.name not in {day, "written", "tables"}:
                    gone += sum(1 for _ in folder.rglob("_/*"))
                    shutil.rmtree(folder, ignore_errors=True)
            oldest = time.time() - self.max_age
            for place in (self.root / day).rglob("_/*"):
                if place.stat().st_mtime < oldest:
                    _remove(place)
                    gone += 1
        return gone

    # Inside ---------------------------------------------------------------------------------------
    def _place(self, address: Address, day: str) -> Path | None:
        """Where a page lies; only addresses that are safe as names of folders have a place."""
        if (
            len(address.path) > _MAX_PATH
            or not _PLAIN_PATH.match(address.path)
            or not _HOST.match(address.host)
        ):
            return None
        folder = self.root / day / address.host / address.language / address.path.strip("/")
        return folder / "_" / _digest(address.query)

    def _is_crowded(self, folder: Path) -> bool:
        try:
            return len(os.listdir(folder)) >= MAX_PAGES_OF_PATH  # noqa: PTH208  a list of names is all that is asked
        except OSError:
            return False

    def _note(self, table: str, place: Path) -> None:
        name = hashlib.sha256(str(place).encode()).hexdigest()[:32]
        note = self._folder("tables", table) / name
        if not note.exists():
            note.write_text(str(place), encoding="utf-8")

    def _forget_table(self, table: str) -> None:
        try:
            notes = list(os.scandir(self.root / "tables" / table))
        except OSError:
            return
        for note in notes:
            _remove(Path(Path(note.path).read_text(encoding="utf-8")))
            Path(note.path).unlink(missing_ok=True)

    def _folder(self, *names: str) -> Path:
        folder = self.root.joinpath(*names)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder() / ".lock").open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield  # closing the file lets the lock go, also when the process dies


def _folders(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if path.is_dir()] if root.is_dir() else []


def _write(place: Path, content: bytes) -> None:
    """At once or not at all: a reader never sees half a page."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.chmod(0o644)  # the web server is another user
    draft.replace(place)


def _remove(place: Path) -> None:
    if place.name == _digest(""):
        for name in ("index.html", "index.html.gz"):
            (place.parent.parent / name).unlink(missing_ok=True)
    place.unlink(missing_ok=True)


def _digest(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()[:32]


def _unpacked(content: bytes) -> StoredPage:
    first, _newline, rest = content.partition(b"\n")
    head = json.loads(first)
    length = head["length"]
    headers = tuple((name, value) for name, value in head["headers"])
    return StoredPage(headers, rest[:length], rest[length:], head["etag"], head["versions"])
