"""Work that is under way when the database goes away: the first time it lasts until it is cut off."""

import os
from pathlib import Path

from django.db import connection

from loa.core import progress
from loa.core.models import Job


def _is_first(name):
    """Told by a file: the database forgets what it had not committed."""
    file = Path(os.environ["LOA_DATA_DIR"]) / name
    with file.open("a", encoding="utf-8") as begun:
        begun.write("x")
    return file.stat().st_size == 1


def _wait():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(120)")


def with_row(job_pk):
    job = Job.objects.get(pk=job_pk)
    progress.begin(job)
    if _is_first("with_row"):
        _wait()
    progress.finish(job)


def without_row():
    if _is_first("without_row"):
        _wait()
