"""A job is a row of the same transaction as the act that asks for it."""

import pytest
from django.db import connection, transaction
from django_q.conf import Conf
from django_q.models import OrmQ

from loa.core import queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _as_in_earnest(monkeypatch):
    monkeypatch.setattr(Conf, "SYNC", False)


def test_job_is_there_with_the_act_or_not_at_all():
    with transaction.atomic():
        queue.later("loa.core.jobs.run", 1)
        assert OrmQ.objects.count() == 1
        transaction.set_rollback(True)
    assert OrmQ.objects.count() == 0

    with transaction.atomic():
        queue.later("loa.core.jobs.run", 1)
        assert connection.run_on_commit == []
    assert OrmQ.objects.count() == 1


def test_job_of_a_part_that_is_taken_back_goes_with_it():
    with transaction.atomic():
        with transaction.atomic():
            queue.later("loa.core.jobs.run", 1)
            transaction.set_rollback(True)
        queue.later("loa.core.jobs.run", 2)

    assert [row.task["args"] for row in OrmQ.objects.all()] == [(2,)]


def test_queueing_keeps_the_connection():
    before = connection.connection

    with transaction.atomic():
        queue.later("loa.core.jobs.run", 1)
        queue.later("loa.core.jobs.run", 2)

    assert connection.connection is before or before is None
