"""What an archive of Loa holds: `manifest.json`, the database, and every stored file.

The manifest lists each member with its SHA-256, so a damaged archive is found before anything is replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

FORMAT = 1


class ArchiveError(Exception):
    """An archive that cannot be written or put back; its text says what to do."""


def write_archive(target: Path, *, settings: Any) -> dict[str, int]:
    """Write database and files; the archive appears under its name only when it is whole."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        database = _dump_database(Path(folder), settings)
        members = {f"database/{database.name}": database}
        root = Path(settings.MEDIA_ROOT)
        members |= {
            f"files/{path.relative_to(root)}": path for path in sorted(root.rglob("*")) if path.is_file()
        }
        manifest = {
            "format": FORMAT,
            "engine": _engine(settings),
            "members": {name: _digest(path) for name, path in members.items()},
        }
        (Path(folder) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        draft = Path(folder) / "archive.tar.gz"
        with tarfile.open(draft, "w:gz", compresslevel=6) as archive:
            archive.add(Path(folder) / "manifest.json", "manifest.json")
            for name, path in members.items():
                archive.add(path, name)
        draft.chmod(0o600)
        draft.replace(target)
    return {"files": len(members) - 1, "bytes": target.stat().st_size}


def put_back(source: Path, *, settings: Any) -> dict[str, int]:
    """Replace database and files by an archive's; what was there is kept aside until all is in place."""
    media = Path(settings.MEDIA_ROOT)
    with tempfile.TemporaryDirectory(dir=media.parent) as folder:
        manifest = _unpack(source, Path(folder))
        if manifest["engine"] != _engine(settings):
            raise ArchiveError(
                f"The archive is of {manifest['engine']}; this installation runs {_engine(settings)}."
            )
        database = next((Path(folder) / "database").iterdir())
        _load_database(database, settings)
        fresh = Path(folder) / "files"
        fresh.mkdir(exist_ok=True)
        if media.exists():
            media.rename(Path(folder) / "replaced")
        shutil.move(str(fresh), str(media))
    return {"files": len(manifest["members"]) - 1}


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")  # refuses paths outside the folder
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, tarfile.TarError, ValueError, EOFError) as error:
        raise ArchiveError(f"{source} is not a whole archive of Loa: {error}") from error
    if manifest.get("format") != FORMAT:
        raise ArchiveError(f"{source} was written by another version of Loa.")
    for name, digest in manifest["members"].items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise ArchiveError(f"{source} is damaged: {name} is missing or changed. Use another archive.")
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _engine(settings: Any) -> str:
    return str(settings.DATABASES["default"]["ENGINE"]).rsplit(".", 1)[-1]


def _dump_database(folder: Path, settings: Any) -> Path:
    database = settings.DATABASES["default"]
    if _engine(settings) == "sqlite3":
        copy = folder / "loa.sqlite3"
        with sqlite3.connect(database["NAME"]) as live, sqlite3.connect(copy) as target:
            live.backup(target)
        return copy
    copy = folder / "loa.pgdump"
    _run_postgres(["pg_dump", "--format=custom", f"--file={copy}"], database)
    return copy


def _load_database(copy: Path, settings: Any) -> None:
    database = settings.DATABASES["default"]
    if _engine(settings) == "sqlite3":
        with sqlite3.connect(copy) as source, sqlite3.connect(database["NAME"], timeout=30) as live:
            source.backup(live)
        return
    _run_postgres(
        [
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            f"--dbname={database['NAME']}",
            str(copy),
        ],
        database,
    )


def _run_postgres(command: list[str], database: dict[str, Any]) -> None:
    places = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    env = {
        **os.environ,
        **{name: str(database.get(key) or "") for name, key in places.items() if database.get(key)},
    }
    try:
        subprocess.run(command, env=env, check=True, capture_output=True, text=True)  # noqa: S603  our own words
    except FileNotFoundError as error:
        raise ArchiveError(
            f"{command[0]} is missing. Install it: apt-get install -y postgresql-client"
        ) from error
    except subprocess.CalledProcessError as error:
        raise ArchiveError(f"{command[0]}: {error.stderr.strip()}") from error
