"""The database is restarted while workers work: what was in hand is done by itself, once the database is back."""

import json
import time

import pytest
from django.db import connection

from soak.installation import IS_POSTGRES, Installation
from soak.postgres import Cluster

BEGIN = """
from loa.core import progress, queue
job = progress.start("Việc", "soak.restarting.with_row")
queue.later("soak.restarting.without_row")
"""
# as when the minutes of a pause, and of a lease that nobody gives back, have gone by
TIME_GOES_BY = """
from datetime import timedelta
from django.utils import timezone
from django_q.models import OrmQ
from loa.core import clocks, retries
now = timezone.now()
OrmQ.objects.filter(lock__gt=now).update(lock=now - timedelta(minutes=1))
retries.try_again(clocks.real_now() + timedelta(minutes=1))
"""
STATE = """
import json
from django_q.models import Failure, OrmQ, Success
from loa.core.models import Job
print(json.dumps({
    "job": Job.objects.get().state,
    "failures": Failure.objects.count(),
    "done": Success.objects.filter(func="soak.restarting.without_row").exists(),
    "queued": OrmQ.objects.count(),
}))
"""
DONE = {"job": "done", "failures": 0, "done": True, "queued": 0}


@pytest.fixture
def city(tmp_path, django_db_setup, django_db_blocker):
    cluster = Cluster()
    cluster.copy(connection.settings_dict["NAME"])
    made = Installation(tmp_path, cluster.url())
    made.cluster = cluster
    try:
        yield made
    finally:
        made.end()
        cluster.end()


def begun(city, name):
    file = city.folder / name
    return file.stat().st_size if file.exists() else 0


def wait_until(is_so, seconds=90):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.2)


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.skipif(not IS_POSTGRES, reason="a file is not restarted")
@pytest.mark.parametrize("seconds_away", [0, 3])
def test_work_in_hand_is_done_once_the_database_is_back(city, seconds_away):
    city.run(BEGIN)
    worker = city.start_worker()
    wait_until(lambda: begun(city, "with_row") and begun(city, "without_row"))

    city.cluster.break_off()
    time.sleep(seconds_away)
    city.cluster.start()
    state, end = {}, time.monotonic() + 300
    while state != DONE and time.monotonic() < end:
        time.sleep(2)
        if not worker.is_running:  # a service manager starts it again
            worker = city.start_worker()
        city.run(TIME_GOES_BY)
        state = json.loads(city.run(STATE))

    assert state == DONE
    assert min(begun(city, "with_row"), begun(city, "without_row")) >= 2  # work is safe to be done twice
