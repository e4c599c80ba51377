"""Queue work that begins after the commit, by dotted name, ids in: `later("loa.documents.jobs.read_document", pk)`.

An existing engine (django-q2) on the database serves both profiles; this is its one door. A job is a row of the same
database, written in the transaction of the act: killed at any instant, both are there or neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django_q.conf import Conf
from django_q.models import Failure
from django_q.tasks import async_task

AT_ONCE = 500  # keys of one job
TRIES = "tries:"  # the group of work that is tried again by itself: how often already
LOOKED_BACK = 40  # entries of a transaction searched for one to join
_names: dict[str, Any] = {}  # dotted name -> lazy words


def later(name: str, *args: Any) -> None:
    """Queue a job; no worker sees it before the surrounding transaction has committed."""
    _put(name, args)


def _put(name: str, args: Iterable[Any], **options: Any) -> None:
    if Conf.SYNC:  # in tests it is run at once: only when what it works on is there
        transaction.on_commit(lambda: async_task(name, *args, **options))
    else:
        async_task(name, *args, **options)


class _Together:
    """Keys gathered in one transaction for one job."""

    def __init__(self, name: str, first: Any) -> None:
        self.name, self.first = name, first
        self.keys: dict[Any, None] = {}

    def __call__(self) -> None:
        keys = list(self.keys)
        for start in range(0, len(keys), AT_ONCE):
            async_task(self.name, self.first, keys[start : start + AT_ONCE])


def later_together(name: str, first: Any, keys: Iterable[Any]) -> None:
    """As `later(name, first, [keys])`, but a transaction that says so a thousand times queues few jobs."""
    connection = transaction.get_connection()
    savepoints = set(connection.savepoint_ids)
    for entry in connection.run_on_commit[-LOOKED_BACK:]:
        told = entry[1]
        if (
            isinstance(told, _Together)
            and (told.name, told.first) == (name, first)
            and entry[0] <= savepoints
        ):
            break
    else:
        told = _Together(name, first)
        told.keys = dict.fromkeys(keys)
        if told.keys:
            connection.on_commit(told)
        return
    told.keys.update(dict.fromkeys(keys))


@transaction.atomic
def again(failure: Failure, *, tries: int = 0) -> bool:
    """Queue failed work once more and forget the failure; False where somebody has done so already.

    `tries`: how many nobody has asked for, this one among them.
    """
    is_first = forget(failure)
    if is_first:
        _put(failure.func, failure.args or (), **({"group": f"{TRIES}{tries}"} if tries else {}))
    return is_first


def tries_of(failure: Failure) -> int:
    """How often failed work was tried by itself since a person or an act asked for it."""
    told = (failure.group or "").removeprefix(TRIES)
    return int(told) if told.isdecimal() and failure.group != told else 0


def forget(failure: Failure) -> bool:
    """Leave failed work undone; False where somebody has decided already."""
    return Failure.objects.filter(pk=failure.pk).delete()[0] > 0


def name_work(names: Mapping[str, Any]) -> None:
    """An app says in words what its jobs and clocks are, by dotted name; once, from `ready`."""
    _names.update(names)


def work_in_words(name: str) -> str:
    """What a dotted name does; the name itself where nobody has said."""
    return str(_names.get(name, name))
