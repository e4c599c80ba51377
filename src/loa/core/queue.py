"""Queue work after commit, by dotted name, ids in: `later("loa.documents.jobs.read_document", pk)`.

An existing engine (django-q2) on the database serves both profiles; this is its one door.
"""

from typing import Any

from django.db import transaction
from django_q.models import Failure
from django_q.tasks import async_task


def later(name: str, *args: Any) -> None:
    """Queue a job; it is handed over only if the surrounding transaction commits."""
    transaction.on_commit(lambda: async_task(name, *args))


@transaction.atomic
def again(failure: Failure) -> bool:
    """Queue failed work once more and forget the failure; False where somebody has done so already."""
    is_first = Failure.objects.filter(pk=failure.pk).delete()[0] > 0
    if is_first:
        later(failure.func, *(failure.args or ()))
    return is_first
