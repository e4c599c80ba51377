"""Work leaves the queue only once it is written down how it ended."""

import queue as channels

import pytest
from django.db import OperationalError
from django.utils import timezone
from django_q import monitor
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import Failure, OrmQ, Success, Task

from loa.core import queue
from loa.core.broker import KeptQueue

pytestmark = pytest.mark.django_db
WORK = "loa.documents.jobs.read_document"


@pytest.fixture
def taken(monkeypatch):
    """Work that a worker has taken out of the queue."""
    monkeypatch.setattr(Conf, "SYNC", False)
    monkeypatch.setattr(monitor, "close_old_django_connections", lambda: None)
    queue.later(WORK, 7)
    row = OrmQ.objects.get()
    return {**row.task, "ack_id": row.pk}


def end(task, *, success):
    """As the engine's monitor notes what a worker has ended."""
    results = channels.Queue()
    results.put({**task, "success": success, "result": "x", "stopped": timezone.now(), "cluster": "loa"})
    results.put("STOP")
    monitor.monitor(results, get_broker())


def test_it_is_the_queue_of_this_installation():
    assert isinstance(get_broker(), KeptQueue)


@pytest.mark.parametrize(("success", "kept"), [(True, Success), (False, Failure)])
def test_what_is_written_down_leaves_the_queue(taken, success, kept):
    end(taken, success=success)

    assert (OrmQ.objects.count(), kept.objects.get().func) == (0, WORK)


def test_what_could_not_be_written_down_stays_and_comes_again(taken, monkeypatch):
    def away(*_args, **_named):
        raise OperationalError("away")

    with monkeypatch.context() as broken:
        broken.setattr(Task.objects, "create", away)
        end(taken, success=False)

    assert (OrmQ.objects.count(), Task.objects.count()) == (1, 0)
    end(taken, success=True)
    assert (OrmQ.objects.count(), Success.objects.count()) == (0, 1)


def test_what_is_gone_already_is_no_fault(taken):
    OrmQ.objects.all().delete()

    end(taken, success=True)

    assert OrmQ.objects.count() == 0
