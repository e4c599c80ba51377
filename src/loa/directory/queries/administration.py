from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import django
from django.db import connection
from django.db.models import QuerySet
from django_q.models import Failure

from loa.core.access import permits
from loa.core.history import shown
from loa.core.models import Entry, Job
from loa.directory.queries.agencies import agencies_without_focal_point, unknown_successors
from loa.directory.queries.people import users_without_role

if TYPE_CHECKING:
    from loa.directory.models import User

# An administrator runs the directory and the machine; what is written inside plans and reports is not theirs to read.
OPEN_APPS = ("core", "directory", "channels")


@dataclass(frozen=True, slots=True)
class Counts:
    users_without_role: int
    agencies_without_focal_point: int
    unknown_successors: int
    failed_jobs: int
    failed_work: int  # queued work without a progress page that ended in an error


def counts(on: date) -> Counts:
    return Counts(
        users_without_role=users_without_role(on).count(),
        agencies_without_focal_point=agencies_without_focal_point(on).count(),
        unknown_successors=unknown_successors().count(),
        failed_jobs=Job.objects.filter(state=Job.State.FAILED, try_again_at__isnull=True).count(),
        failed_work=Failure.objects.count(),
    )


def entries_visible_to(user: User) -> QuerySet[Entry]:
    """The whole history for the administrator; nobody else has a reason to read it across registers."""
    rows = shown(Entry.objects.select_related("by", "content_type").order_by("-pk"))
    return rows if permits(user, "directory.manage_directory") else rows.none()


def versions() -> dict[str, str]:
    """What runs here, for whoever is asked for help."""
    try:
        own = version("loa")
    except PackageNotFoundError:
        own = ""
    return {
        "Loa": own,
        "Python": ".".join(str(part) for part in sys.version_info[:3]),
        "Django": django.get_version(),
        connection.display_name: _database_version(),
    }


def _database_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        row = cursor.fetchone()
    return str(row[0]) if row else ""
