"""`loa backup FILE`: database and files in one archive, taken while the site runs."""

import argparse
from pathlib import Path

from loa.cli.main import complain, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings  # noqa: PLC0415  after the apps are loaded

    from loa.cli.archive import ArchiveError, write_archive  # noqa: PLC0415

    target = options.file.absolute()
    if not target.parent.is_dir():
        complain(f"{target.parent}: no such directory.")
        return 2
    try:
        counts = write_archive(target, settings=settings)
    except (ArchiveError, OSError) as error:
        complain(str(error))
        return 2
    print(f"{target}: {counts['files']} files, {counts['bytes']} bytes")
    return 0
