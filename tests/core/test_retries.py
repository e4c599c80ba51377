"""What met an absent database is tried again by itself, a bounded number of times; an error of the work is not."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.urls import reverse
from django_q.conf import Conf
from django_q.exceptions import TimeoutException
from django_q.models import Failure, OrmQ

from loa.core import actions, clocks, jobs, outages, progress, queue, retries
from loa.core.models import Entry, Job

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
AWAY = """mất kết nối : Traceback (most recent call last):
  File "x.py", line 1, in work
psycopg.OperationalError: server closed the connection unexpectedly

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "y.py", line 2, in execute
django.db.utils.OperationalError: server closed the connection unexpectedly
\tThis probably means the server terminated abnormally
"""
OWN = AWAY.replace("django.db.utils.OperationalError", "ValueError")
WORK = "loa.documents.jobs.read_document"

done: list[int] = []


def away(_job_pk):
    raise OperationalError("mất kết nối")


def broken(_job_pk):
    raise ValueError("hết bộ nhớ")


def work(job_pk):
    job = Job.objects.get(pk=job_pk)
    progress.begin(job)
    done.append(job_pk)
    progress.finish(job)


def ended_by_the_server(_job_pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.fixture(autouse=True)
def _queue_of_its_own(monkeypatch):
    """Work waits in the queue instead of being done at once, as elsewhere in tests."""
    monkeypatch.setattr(Conf, "SYNC", False)
    done.clear()


def run(name, by=None):
    """A job that a worker has taken and ended."""
    job = progress.start("Việc", f"{__name__}.{name}", by=by)
    OrmQ.objects.all().delete()
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def fail(result=AWAY, *, func=WORK, args=(7,), tries=0, ago=timedelta()):
    """What the engine keeps of work that ended in an error."""
    now = clocks.real_now()
    return Failure.objects.create(
        id=f"{Failure.objects.count():032}",
        name="đọc",
        func=func,
        args=args,
        group=f"{queue.TRIES}{tries}" if tries else None,
        started=now - ago,
        stopped=now - ago,
        success=False,
        result=result,
    )


def queued():
    return [(task["func"], task["args"]) for task in (row.task for row in OrmQ.objects.order_by("pk"))]


# jobs with a row ----------------------------------------------------------------------------------


def test_a_job_that_met_an_outage_says_when_it_is_tried_again():
    before = clocks.real_now()

    job = run("away")

    assert (job.state, job.error) == ("failed", "OperationalError: mất kết nối")
    assert before + MINUTE <= job.try_again_at <= clocks.real_now() + MINUTE


def test_a_job_that_fails_for_its_own_reason_waits_for_a_person():
    job = run("broken")

    later = retries.try_again(clocks.real_now() + timedelta(days=2))

    job.refresh_from_db()
    assert (job.state, job.try_again_at, later, queued()) == ("failed", None, 0, [])


@pytest.mark.parametrize(("after", "count"), [(-0.001, 0), (0, 1), (60, 1)])
def test_it_is_queued_when_its_pause_is_over(after, count):
    job = run("away")

    assert retries.try_again(job.try_again_at + timedelta(seconds=after)) == count

    job.refresh_from_db()
    assert job.state == ["failed", "queued"][count]
    assert queued() == [(retries.RUN, (job.pk,))] * count


def test_two_clocks_queue_it_once():
    job = run("away")
    at = job.try_again_at

    counts = [retries.try_again(at) for _ in range(2)]

    assert (counts, len(queued())) == ([1, 0], 1)


def test_a_clock_that_looked_before_another_queued_it_leaves_it():
    job = run("away")
    seen_by_another = Job.objects.get(pk=job.pk)
    retries.try_again(job.try_again_at)

    assert retries._queue_job(seen_by_another) is False
    assert len(queued()) == 1


def test_pauses_grow_and_after_the_last_try_a_person_decides():
    job = run("away")
    pauses = []
    while job.try_again_at:
        ended = clocks.real_now()
        pauses.append(round((job.try_again_at - ended).total_seconds() / 60))
        retries.try_again(job.try_again_at)
        jobs.run(job.pk)
        job.refresh_from_db()

    assert pauses == list(outages.PAUSES)
    assert (job.state, job.retry_count, job.error) == ("failed", 4, "OperationalError: mất kết nối")
    told = Entry.objects.filter(object_id=job.pk).order_by("pk").values_list("action", "actor", "by")
    assert list(told) == [
        *[("job.fail", "clock", None), ("job.retry", "clock", None)] * 4,
        ("job.fail", "clock", None),
    ]


def test_a_person_who_tries_begins_the_count_anew(person):
    job = run("away", by=person)
    Job.objects.update(retry_count=4, try_again_at=None)
    job.refresh_from_db()

    actions.retry_job(job, by=person)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.retry_count) == ("failed", 0)
    assert job.try_again_at is not None


@pytest.mark.parametrize("decide", [actions.retry_job, actions.give_up_job])
def test_what_a_person_decided_meanwhile_stands(person, decide):
    job = run("away", by=person)
    at = job.try_again_at

    decide(job, by=person)

    assert (job.try_again_at, retries.try_again(at)) == (None, 0)


def test_the_database_is_back_and_the_work_is_done_once():
    job = run("away")
    Job.objects.update(work=f"{__name__}.work")

    retries.try_again(job.try_again_at)
    for _ in range(2):
        jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error, job.try_again_at, done) == ("done", "", None, [job.pk])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(settings.IS_SQLITE, reason="a file ends no connection")
def test_a_connection_that_the_server_ends_is_an_outage():
    job = run("ended_by_the_server")

    assert (job.state, job.error.partition(":")[0]) == ("failed", "OperationalError")
    assert job.try_again_at is not None


# failures that the engine kept --------------------------------------------------------------------


def test_a_job_whose_end_could_not_be_written_down_gets_it_from_the_engine():
    job = progress.start("Việc", f"{__name__}.work")
    OrmQ.objects.all().delete()
    progress.begin(job)
    fail(func=retries.RUN, args=(job.pk,))
    now = clocks.real_now()

    counts = [retries.try_again(now), retries.try_again(now + MINUTE)]

    job.refresh_from_db()
    assert (counts, job.state, Failure.objects.count()) == ([0, 1], "queued", 0)
    assert queued() == [(retries.RUN, (job.pk,))]


def test_a_job_that_took_too_long_is_failed_and_not_tried_again():
    job = progress.start("Việc", f"{__name__}.work")
    progress.begin(job)
    told = f"x : Traceback (most recent call last):\n{TimeoutException.__module__}.TimeoutException: Task exceeded"
    fail(told, func=retries.RUN, args=(job.pk,))

    retries.try_again()

    job.refresh_from_db()
    assert (job.state, job.error, job.try_again_at) == ("failed", "TimeoutException: Task exceeded", None)


def test_a_failure_of_a_job_that_is_over_is_forgotten(person):
    job = run("broken", by=person)
    actions.give_up_job(job, by=person)
    fail(func=retries.RUN, args=(job.pk,))
    fail(func=retries.RUN, args=(0,))

    retries.try_again()

    job.refresh_from_db()
    assert (job.state, Failure.objects.count()) == ("given_up", 0)


@pytest.mark.parametrize(("minutes", "count"), [(0.99, 0), (1, 1), (600, 1)])
def test_failed_work_is_queued_when_its_pause_is_over(minutes, count):
    failure = fail()

    assert retries.try_again(failure.stopped + minutes * MINUTE) == count

    assert queued() == [(WORK, (7,))] * count
    assert Failure.objects.count() == 1 - count


def test_failed_work_is_queued_once():
    failure = fail()
    now = failure.stopped + MINUTE

    assert [retries.try_again(now), retries.try_again(now)] == [1, 0]
    assert len(queued()) == 1


@pytest.mark.parametrize(("tries", "pause"), [(0, 1), (1, 5), (2, 30), (3, 120), (4, None)])
def test_pauses_of_failed_work_grow_and_end(tries, pause):
    failure = fail(tries=tries)

    at = retries.try_again_at(failure)

    assert at == (failure.stopped + pause * MINUTE if pause else None)
    assert retries.try_again(failure.stopped + 1000 * MINUTE) == bool(pause)
    groups = [row.task.get("group") for row in OrmQ.objects.all()]
    assert groups == ([f"{queue.TRIES}{tries + 1}"] if pause else [])


def test_failed_work_that_is_itself_wrong_or_older_than_a_day_waits_for_a_person():
    fail(OWN)
    fail(ago=timedelta(hours=25))

    assert retries.try_again(clocks.real_now() + timedelta(minutes=10)) == 0
    assert Failure.objects.count() == 2


def test_clocks_that_met_an_outage_come_again_by_themselves():
    fail(func="loa.core.clocks.run_clocks", args=())
    fail(OWN, func="loa.core.clocks.run_clocks", args=())

    retries.try_again(clocks.real_now() + timedelta(minutes=10))

    assert (queued(), Failure.objects.count()) == ([], 1)


# pages --------------------------------------------------------------------------------------------


def test_the_pages_say_when_it_is_tried_again(as_user, administrator, person):
    job = run("away", by=person)
    fail()
    shown = as_user(administrator).get(reverse("core:job_list"))

    own = as_user(person).get(job.get_absolute_url()).content.decode()

    assert shown.content.decode().count("Sẽ tự chạy lại lúc") == 2
    assert [row.try_again_at is None for row in shown.context["failures"]] == [False]
    assert "Việc này sẽ tự chạy lại lúc" in own
    assert 'hx-trigger="every 20s"' in own


def test_after_the_last_try_the_page_says_that_a_person_decides(as_user, person):
    job = run("away", by=person)
    Job.objects.update(retry_count=4, try_again_at=None)

    response = as_user(person).get(job.get_absolute_url())

    assert "Đã tự chạy lại 4 lần. Bây giờ cần người quyết định." in response.content.decode()
    assert [step.name for step in response.context["steps"]] == ["retry", "give_up"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_clock_asks_as_often_for_one_as_for_thirty_that_wait(django_assert_num_queries, count):
    for _number in range(count):
        run("away")
        fail()

    with django_assert_num_queries(2):
        retries.try_again()
