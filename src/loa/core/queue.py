"""Queue work after commit, by dotted name, ids in: `later("loa.documents.jobs.read_document", pk)`.

An existing engine (django-q2) on the database serves both profiles; this is its one door.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django_q.models import Failure
from django_q.tasks import async_task

_names: dict[str, Any] = {}  # dotted name -> lazy words


def later(name: str, *args: Any) -> None:
    """Queue a job; it is handed over only if the surrounding transaction commits."""
    transaction.on_commit(lambda: async_task(name, *args))


@transaction.atomic
def again(failure: Failure) -> bool:
    """Queue failed work once more and forget the failure; False where somebody has done so already."""
    is_first = forget(failure)
    if is_first:
        later(failure.func, *(failure.args or ()))
    return is_first


def forget(failure: Failure) -> bool:
    """Leave failed work undone; False where somebody has decided already."""
    return Failure.objects.filter(pk=failure.pk).delete()[0] > 0


def name_work(names: Mapping[str, Any]) -> None:
    """An app says in words what its jobs and clocks are, by dotted name; once, from `ready`."""
    _names.update(names)


def work_in_words(name: str) -> str:
    """What a dotted name does; the name itself where nobody has said."""
    return str(_names.get(name, name))
