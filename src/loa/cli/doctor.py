"""`loa doctor`: what is misconfigured, and how to mend it. Exit 1 when something must be mended."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from loa.cli.main import start_django

ENOUGH_SPACE = 1024**3  # bytes: below, a backup would not fit beside the data


class Finding(NamedTuple):
    level: str  # "ok", "warning", "error"
    text: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    start_django()
    from django.conf import settings  # noqa: PLC0415  after the apps are loaded

    findings = list(examine(settings))
    for finding in findings:
        print(f"{finding.level:8}{finding.text}")
    return 1 if any(finding.level == "error" for finding in findings) else 0


def examine(settings: Any) -> Iterator[Finding]:
    yield from _database()
    yield from _files(settings)
    yield from _safety(settings)
    yield from _mail(settings)
    yield from _fonts()
    yield from _calendar()
    yield from _clocks()
    yield from _keys()


def _database() -> Iterator[Finding]:
    from django.db import DatabaseError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        yield Finding("error", f"The database does not answer: {error}. Check DATABASE_URL.")
        return
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Finding(
            "error", "The database is older than the code. Run: loa serve (it migrates), or restore a backup."
        )
    else:
        yield Finding("ok", f"Database {connection.vendor} is up to date.")


def _files(settings: Any) -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    probe = folder / ".doctor"
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        yield Finding(
            "error", f"Cannot write in {folder}: {error.strerror}. Give it to the user who runs Loa."
        )
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_SPACE:
        yield Finding(
            "warning", f"Only {free // 1024**2} MiB are free in {folder}. Make room before the next backup."
        )
    else:
        yield Finding("ok", f"Files are kept in {folder}.")


def _safety(settings: Any) -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("error", "LOA_DEBUG is on: errors show inner workings to everybody. Unset it.")
    if settings.TODAY:
        yield Finding("warning", f"LOA_TODAY fixes the date at {settings.TODAY}: for demonstrations only.")
    if not settings.BASE_URL.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        yield Finding(
            "error", "LOA_BASE_URL is not https: passwords would travel in the clear. Put TLS in front."
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("error", "LOA_ALLOWED_HOSTS allows every host. Name the city's own.")


def _mail(settings: Any) -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith(("filebased.EmailBackend", "locmem.EmailBackend")):
        yield Finding(
            "warning",
            "Mail is written to files, not sent. Set EMAIL_URL, such as smtp+tls://user:pass@host:587.",
        )
    else:
        yield Finding("ok", "Mail goes out by SMTP.")


def _fonts() -> Iterator[Finding]:
    from officialdoc.write.fonts import fonts_available  # noqa: PLC0415  slow to import
    from officialdoc.write.form import form_for  # noqa: PLC0415

    wanted, found = form_for(None).font.names, fonts_available()
    if found and found[0] != wanted[-1]:
        yield Finding("ok", f"Documents are set in {found[0]}.")
    else:
        yield Finding(
            "warning",
            f"{' and '.join(wanted[:-1])} are missing; .pdf is set in {wanted[-1]}. apt-get install -y fonts-croscore",
        )


def _calendar() -> Iterator[Finding]:
    from loa.core import clock  # noqa: PLC0415
    from loa.core.models import CalendarDay  # noqa: PLC0415

    last = CalendarDay.objects.order_by("-date").values_list("date", flat=True).first()
    if last is None or last.year < clock.today().year:
        yield Finding("error", "The working-day calendar does not cover this year. Add its days off.")
    else:
        yield Finding("ok", f"The working-day calendar reaches {last:%d/%m/%Y}.")


def _clocks() -> Iterator[Finding]:
    from django.db import DatabaseError  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from loa.core import clocks  # noqa: PLC0415

    try:
        ran_at, failing = clocks.last_ran_at(), clocks.failing_clocks()
    except DatabaseError:  # older than the code, which is said above
        return
    if ran_at is None:
        yield Finding("warning", "The clocks have never run: reminders and mail wait. Start: loa worker.")
    elif clocks.are_late():
        last = f"{timezone.localtime(ran_at):%d/%m/%Y %H:%M}"
        yield Finding("error", f"The clocks last ran at {last}: reminders and mail wait. Start: loa worker.")
    else:
        yield Finding("ok", "The clocks run.")
    for run in failing:
        yield Finding("error", f"The clock {run.name} fails: {run.error}")


def _keys() -> Iterator[Finding]:
    """The oldest and the newest sealed values of each kind; `loa keys check` opens all."""
    from django.db import DatabaseError  # noqa: PLC0415

    from loa.core import sealing  # noqa: PLC0415

    try:
        lost = sealing.unopened(each=50)
    except DatabaseError:  # older than the code, which is said above
        return
    if lost:
        yield Finding(
            "error",
            f"No key of LOA_FIELD_KEYS opens {lost[0]} and {len(lost) - 1} more of those looked at: "
            "put the older key back into the list, or the file loa.keys from its own backup.",
        )
    else:
        yield Finding("ok", "The keys open what is sealed. Keep a copy of loa.keys apart from the backups.")
