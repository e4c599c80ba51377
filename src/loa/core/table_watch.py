"""Which tables were read and which were written, seen where every statement passes: the connection.

Signals do not see `update()` and bulk writes; a statement cannot be missed. `reading()` gathers the tables a
piece of work reads. Whoever asked by `when_written` is told the tables of a transaction right after its commit,
before the request that wrote is answered.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_WRITE = re.compile(
    r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE(?: ONLY)?|DELETE FROM|REPLACE INTO|TRUNCATE(?: TABLE)?)\s+\"?(\w+)",
    re.IGNORECASE,
)
_READ = re.compile(r"\b(?:FROM|JOIN|UPDATE|INTO)\s+\"?(\w+)", re.IGNORECASE)
_LOOKED_BACK = 40  # entries of a transaction searched for one that says the same
_state = threading.local()
_listeners: list[Callable[[frozenset[str]], None]] = []


def when_written(listener: Callable[[frozenset[str]], None]) -> None:
    """Call with the tables that a committed statement wrote; asked once, from an app's `ready`."""
    if listener not in _listeners:
        _listeners.append(listener)


@contextmanager
def reading() -> Iterator[set[str]]:
    """The tables that this thread reads meanwhile; the set grows as it goes."""
    before = getattr(_state, "tables", None)
    tables: set[str] = set()
    _state.tables = tables
    try:
        yield tables
    finally:
        _state.tables = before
        if before is not None:
            before |= tables


def watch(connection: BaseDatabaseWrapper) -> None:
    if not any(isinstance(wrapper, _Watcher) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(_Watcher(connection))


def start() -> None:
    """Watch every connection from its first moment on."""
    connection_created.connect(_on_connected, dispatch_uid="loa.core.table_watch")


def _on_connected(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    watch(connection)


class _Watcher:
    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        tables = getattr(_state, "tables", None)
        if tables is not None:
            tables.update(_READ.findall(sql))
        written = _WRITE.match(sql)
        if written and _listeners:
            self._tell_after_commit(written.group(1))
        return result

    def _tell_after_commit(self, table: str) -> None:
        """Once for a table, unless what was registered could be rolled back while this write stays."""
        savepoints = set(self.connection.savepoint_ids)
        for entry in self.connection.run_on_commit[-_LOOKED_BACK:]:
            told = entry[1]
            if isinstance(told, _Told) and told.table == table and entry[0] <= savepoints:
                return
        self.connection.on_commit(_Told(table))


class _Told:
    def __init__(self, table: str) -> None:
        self.table = table

    def __call__(self) -> None:
        for listener in _listeners:
            listener(frozenset((self.table,)))
