"""The engine's queue in the database, which lets go of work only once it is written down how it ended.

The engine takes finished work out of the queue also where it could not write down its end, because the database was away
in that instant: work that failed would be lost without a trace. Left in the queue, it comes again when its lease is
over; jobs are safe to run twice.
"""

from __future__ import annotations

from django_q.brokers.orm import ORM
from django_q.models import Task


class KeptQueue(ORM):
    def acknowledge(self, task_id: int) -> None:
        row = self.get_connection().filter(pk=task_id).first()
        if row is not None and Task.objects.filter(id=row.task_id()).exists():
            self.delete(task_id)
