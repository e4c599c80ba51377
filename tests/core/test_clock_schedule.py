"""However many workers start at the same instant, the clocks have one schedule."""

import threading

import pytest
from django.db import connection
from django_q.models import Schedule

from loa.core.clocks import schedule_clocks

WORKERS = 8


@pytest.mark.django_db(transaction=True)
def test_workers_that_start_at_once_make_one_schedule():
    errors, barrier = [], threading.Barrier(WORKERS)

    def start():
        barrier.wait()
        try:
            schedule_clocks()
        except Exception as error:  # noqa: BLE001  a worker that does not start must be seen, whatever the reason
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (errors, Schedule.objects.filter(name="clocks").count()) == ([], 1)


def test_a_second_schedule_goes_and_the_first_stays(db):
    first = Schedule.objects.create(name="clocks", func="nothing")
    Schedule.objects.create(name="clocks", func="nothing")

    schedule_clocks()

    assert list(Schedule.objects.values_list("pk", "func", "minutes")) == [
        (first.pk, "loa.core.clocks.run_clocks", 1)
    ]
