"""`loa restore FILE`: put an archive back. Stop the site and the workers first."""

import argparse
from pathlib import Path

from loa.cli.main import complain, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--replace", action="store_true", help="replace the data that is there")


def run(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings  # noqa: PLC0415  after the apps are loaded
    from django.core.management import call_command  # noqa: PLC0415

    from loa.cli.archive import ArchiveError, put_back  # noqa: PLC0415

    if holds_data() and not options.replace:
        complain("This installation holds data. Say --replace to replace all of it by the archive.")
        return 2
    try:
        counts = put_back(options.file, settings=settings)
    except (ArchiveError, OSError) as error:
        complain(str(error))
        return 2
    call_command("migrate", verbosity=0, interactive=False)
    print(f"{counts['files']} files and the database are back")
    return 0


def holds_data() -> bool:
    from django.db import DatabaseError, connection  # noqa: PLC0415  after the apps are loaded

    from loa.directory.models import User  # noqa: PLC0415

    try:
        return User.objects.exists()
    except DatabaseError:
        connection.close()
        return False
