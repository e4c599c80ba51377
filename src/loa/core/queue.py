"""Queue work after commit, by dotted name, ids in: `later("loa.documents.jobs.read_document", pk)`.

An existing engine (django-q2) on the database serves both profiles; this is its one door.
"""

from typing import Any

from django.db import transaction
from django_q.tasks import async_task


def later(name: str, *args: Any) -> None:
    """Queue a job; it is handed over only if the surrounding transaction commits."""
    transaction.on_commit(lambda: async_task(name, *args))
