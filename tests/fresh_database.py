"""Test databases are copies of one that was migrated once: migrating takes a minute, copying a moment.

The original is named by a digest of every migration there is, ours and the libraries', and is made again when one
changes. On SQLite it is a file beside the test database, on PostgreSQL a database to copy from.

A test that commits gets the original back when it ends, instead of Django's emptying of every table; and what takes
long to build (`built_once`) is kept beside it for the next test of this process that asks for it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases

FOLDER = Path(settings.DATA_DIR)  # of the run, whatever a test says its own is
BUILT = set()  # names of states kept in this process


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Instead of pytest-django's: the same databases, copied instead of migrated."""
    with django_db_blocker.unblock():
        copy_original()
        config = setup_databases(verbosity=0, interactive=False, keepdb=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: put_back_original())
        yield
    with django_db_blocker.unblock():
        teardown_databases(config, verbosity=0)


def copy_original():
    connection = connections["default"]
    target = connection.creation._get_test_db_name()
    copy_file(Path(target)) if connection.vendor == "sqlite" else copy_database(target)


def put_back_original():
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with locked():
            original = original_file()
        put_back(original)
    else:
        connection.close()
        copy_database(connection.settings_dict["NAME"])


def built_once(name, build):
    """A state of the database with its files: built for the first test of this process that asks, put back for others.

    Only for tests that commit and run on SQLite alone, as those in a browser do.
    """
    connection = connections["default"]
    kept = Path(f"{connection.settings_dict['NAME']}.{name}")
    files = kept.with_name(f"{kept.name}.files")
    if name in BUILT:
        put_back(kept)
        shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return
    build()
    kept.unlink(missing_ok=True)
    shutil.rmtree(files, ignore_errors=True)
    Path(settings.MEDIA_ROOT).mkdir(exist_ok=True)
    shutil.copytree(settings.MEDIA_ROOT, files)
    connection.ensure_connection()
    connection.connection.execute("VACUUM INTO ?", (str(kept),))
    BUILT.add(name)


def load_demo():
    """As `loa demo` does, in a process of its own: what follows from an act waits there for a worker."""
    folder = Path(settings.MEDIA_ROOT).parent / "demo"
    folder.mkdir()
    copy_file(folder / "loa.sqlite3")
    environment = {**os.environ, "LOA_DATA_DIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-m", "loa.cli.main", "demo", "--no-serve"],
        env=environment,
        check=True,
        capture_output=True,
    )
    put_back(folder / "loa.sqlite3")
    shutil.copytree(folder / "files", settings.MEDIA_ROOT, dirs_exist_ok=True)


def put_back(kept):
    """By SQLite itself: others may have the database open."""
    connection = connections["default"]
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as source:
        source.backup(connection.connection)


def copy_file(target):
    """To a file of SQLite, be it the test database or that of an installation of a test's own."""
    with locked():
        original = original_file()
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(original, target)


def original_file():
    original = FOLDER / f"migrated-{digest()}.sqlite3"
    if not original.exists():
        draft = original.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        migrate(f"sqlite:///{draft}")
        with sqlite3.connect(draft) as database:
            database.execute("VACUUM INTO ?", (str(original),))
        for left in original.parent.glob(f"{draft.name}*"):
            left.unlink()
    return original


def copy_database(target):
    """To a database of PostgreSQL on the server of this run."""
    original = f"migrated_{digest()}"
    address = os.environ["DATABASE_URL"].rpartition("/")[0]
    with locked(), connections["default"]._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [original])
        if not cursor.fetchone():
            cursor.execute(f'CREATE DATABASE "{original}_draft"')
            migrate(f"{address}/{original}_draft")
            cursor.execute(f'ALTER DATABASE "{original}_draft" RENAME TO "{original}"')
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{original}"')


def migrate(address):
    environment = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--settings=loa.config.settings"],
        env=environment,
        check=True,
    )


@cache
def digest():
    """Of every migration of every app; the names of tables of apps without migrations do not matter."""
    content = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        for path in sorted((Path(app.path) / "migrations").glob("*.py")):
            content.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return content.hexdigest()[:16]


@contextmanager
def locked():
    """Of several test processes one migrates, the others wait."""
    with (FOLDER / ".migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
