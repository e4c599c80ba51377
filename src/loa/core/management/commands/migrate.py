"""`migrate`, with the libraries' migrations first.

Each change of a model that others relate to builds all of them anew in memory. Wagtail's two hundred changes are
made while only the accounts exist: a fresh database is ready in a fifth of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor


class LibrariesFirst(MigrationExecutor):
    def migration_plan(self, targets: Any, clean_start: bool = False) -> list[Any]:
        return super().migration_plan(sorted(targets, key=_is_ours), clean_start)


def _is_ours(target: tuple[str, str | None]) -> bool:
    return target[0] in apps.app_configs and apps.app_configs[target[0]].name.startswith("loa.")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with patched(migrate, "MigrationExecutor", LibrariesFirst):  # the only door Django leaves
            super().handle(*args, **options)


@contextmanager
def patched(module: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
