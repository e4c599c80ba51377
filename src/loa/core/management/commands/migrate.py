"""`migrate`, made quick for a database that has nothing yet.

Django keeps every model in memory as each migration left it, and a change of one builds anew all that relate to it:
where everything relates to a person, that is everything, hundreds of times. So the libraries come first, while only the
accounts exist; and an app of ours that has no table yet, and whose migrations say nothing but what tables look like,
gets its tables as the last of them leaves them, in one step. The migrations count as done, as they would have been.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.special import RunPython, RunSQL

Plan = list[tuple[Any, bool]]


class QuickExecutor(MigrationExecutor):
    def migration_plan(self, targets: Any, clean_start: bool = False) -> Plan:
        return super().migration_plan(sorted(targets, key=_place), clean_start)

    def _migrate_all_forwards(
        self, state: Any, plan: Plan, full_plan: Plan, fake: bool, fake_initial: bool
    ) -> Any:
        plain, quick = ([], []) if fake or fake_initial else self._split(plan)
        if not quick:
            return super()._migrate_all_forwards(state, plan, full_plan, fake=fake, fake_initial=fake_initial)
        if plain:
            state = super()._migrate_all_forwards(
                state, plain, full_plan[: _end(full_plan, plain)], False, False
            )
        return self._create_at_once(state, [migration for migration, _backwards in quick])

    def _split(self, plan: Plan) -> tuple[Plan, Plan]:
        """What is done as ever, and what comes after it and may be done at once."""
        begun = {app for app, _name in self.loader.applied_migrations}
        last = max(
            (index for index, (each, _) in enumerate(plan) if not _may_be_at_once(each, begun)), default=-1
        )
        rest = plan[last + 1 :]
        split = {each.app_label for each, _ in plan[: last + 1]}  # begun before, so it cannot be one step
        while any(each.app_label in split for each, _ in rest):
            cut = max(index for index, (each, _) in enumerate(rest) if each.app_label in split)
            split |= {each.app_label for each, _ in rest[: cut + 1]}
            rest = rest[cut + 1 :]
        return plan[: len(plan) - len(rest)], rest

    def _create_at_once(self, state: Any, migrations: list[Any]) -> Any:
        state.__dict__.pop("apps", None)  # nothing is built until all is said
        for migration in migrations:
            if self.progress_callback:
                self.progress_callback("apply_start", migration, False)
            state = migration.mutate_state(state, preserve=False)
        labels = {migration.app_label for migration in migrations}
        models = [model for model in state.apps.get_models() if model._meta.app_label in labels]  # noqa: SLF001
        with self.connection.schema_editor(atomic=True) as editor:
            for model in models:
                if model._meta.managed and not model._meta.proxy:  # noqa: SLF001
                    editor.create_model(model)
            for migration in migrations:
                self.recorder.record_applied(migration.app_label, migration.name)
        for migration in migrations:
            if self.progress_callback:
                self.progress_callback("apply_success", migration, False)
        return state


def _place(target: tuple[str, str | None]) -> int:
    """Libraries, then the two apps of ours on which they rest, then the others."""
    if not _is_ours(target[0]):
        return 0
    return 1 if target[0] in {"core", "directory"} else 2


def _is_ours(label: str) -> bool:
    return label in apps.app_configs and apps.app_configs[label].name.startswith("loa.")


def _may_be_at_once(migration: Any, begun: set[str]) -> bool:
    is_plain = not any(isinstance(step, RunPython | RunSQL) for step in migration.operations)
    return _is_ours(migration.app_label) and migration.app_label not in begun and is_plain


def _end(full_plan: Plan, part: Plan) -> int:
    """Where the full plan has reached the last migration of a part of it."""
    names = {(each.app_label, each.name) for each, _ in part}
    return 1 + max(i for i, (each, _) in enumerate(full_plan) if (each.app_label, each.name) in names)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with patched(migrate, "MigrationExecutor", QuickExecutor):  # the only door Django leaves
            super().handle(*args, **options)


@contextmanager
def patched(module: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, before)
