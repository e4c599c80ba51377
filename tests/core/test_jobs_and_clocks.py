"""Background work is visible: queued, running, done, failed; retry and give up; when the clocks last ran."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django_q.models import Failure

from factories import make_agency, make_user
from loa.cli import doctor
from loa.core import actions, clocks, jobs, progress
from loa.core.models import ClockRun, Job
from loa.core.workflow import StaleError

pytestmark = pytest.mark.django_db

done: list[int] = []


def work(number, job_pk):
    job = Job.objects.get(pk=job_pk)
    progress.begin(job)
    done.append(number)
    progress.finish(job)


def broken(_job_pk):
    raise ValueError("hết bộ nhớ")


def tick():
    return 3


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@pytest.fixture
def failed(person):
    job = progress.start("Việc", f"{__name__}.broken", by=person)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_runs_after_commit_and_ends_done(person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = progress.start("Việc", f"{__name__}.work", 7, by=person)

    job.refresh_from_db()
    assert (job.state, done) == ("done", [7])


def test_an_error_is_kept_on_the_job(failed):
    assert (failed.state, failed.error) == ("failed", "ValueError: hết bộ nhớ")


def test_a_failed_job_is_tried_again_by_who_started_it(failed, person, django_capture_on_commit_callbacks):
    Job.objects.update(work=f"{__name__}.work", args=[1])
    failed.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        actions.retry_job(failed, by=person)

    failed.refresh_from_db()
    assert (failed.state, failed.error, done) == ("done", "", [1])


def test_a_second_click_queues_it_once(failed, person):
    actions.retry_job(failed, by=person)

    with pytest.raises(StaleError):
        actions.retry_job(Job.objects.get(pk=failed.pk), by=person)


def test_a_job_given_up_is_left_by_the_worker(person):
    job = progress.start("Việc", f"{__name__}.work", 1, by=person)
    actions.give_up_job(job, note="Không cần nữa", by=person)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, done) == ("given_up", [])


def test_a_stranger_decides_nothing(failed):
    stranger = make_user(make_agency(), "head")

    for decide in (actions.retry_job, actions.give_up_job):
        with pytest.raises(PermissionDenied):
            decide(failed, by=stranger)


def test_everybody_sees_own_jobs_and_the_administrator_all(as_user, failed, person, administrator):
    url = reverse("core:job_list")

    seen = {who: len(as_user(who).get(url).context["table"].rows) for who in (person, administrator)}
    stranger = as_user(make_user(make_agency(), "head")).get(url)

    assert (seen[person], seen[administrator], len(stranger.context["table"].rows)) == (1, 1, 0)
    assert "machinery" not in stranger.context


def test_the_page_offers_what_may_be_decided(as_user, failed, person, in_english):
    steps = as_user(person).get(failed.get_absolute_url()).context["steps"]

    assert [step.name for step in steps] == ["retry", "give_up"]


def test_a_step_that_is_not_offered_is_not_found(as_user, failed, person):
    url = reverse("core:job_step", args=[failed.pk, "finish"])

    assert as_user(person).post(url).status_code == 404


def test_a_closed_step_says_so_and_changes_nothing(as_user, person):
    job = progress.start("Việc", f"{__name__}.work", 1, by=person)

    response = as_user(person).post(reverse("core:job_step", args=[job.pk, "retry"]), follow=True)

    job.refresh_from_db()
    assert (response.status_code, job.state) == (200, "queued")
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_failed_work_is_given_up_once(administrator):
    failure = Failure.objects.create(
        id="g", name="g", func="x", started=clocks.real_now(), stopped=clocks.real_now(), success=False
    )

    answers = [actions.forget_failed_work(failure, by=administrator) for _ in range(2)]

    assert (answers, Failure.objects.count()) == ([True, False], 0)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_often_for_one_as_for_thirty(
    as_user, administrator, person, django_assert_num_queries, count
):
    for at in range(count):
        progress.start(f"Việc {at}", f"{__name__}.work", at, by=person)
    page = as_user(administrator)
    page.get(reverse("core:job_list"))

    with django_assert_num_queries(14):
        page.get(reverse("core:job_list"))


# Clocks -------------------------------------------------------------------------------------------


def test_a_failing_clock_does_not_stop_the_others(settings, caplog):
    settings.CLOCKS = ["loa.no.such.clock", f"{__name__}.tick"]

    counts = clocks.run_clocks()

    assert counts == {f"{__name__}.tick": 3}
    assert [run.name for run in clocks.failing_clocks()] == ["loa.no.such.clock"]
    assert ClockRun.objects.get(name=f"{__name__}.tick").moved_count == 3


def test_an_error_stays_readable_after_the_clock_runs_again(settings, monkeypatch, caplog):
    settings.CLOCKS = [f"{__name__}.tick"]
    monkeypatch.setattr(f"{__name__}.tick", lambda: 1 / 0)
    clocks.run_clocks()
    monkeypatch.setattr(f"{__name__}.tick", lambda: 1)
    clocks.run_clocks()

    run = ClockRun.objects.get()
    assert (run.is_failing, run.error) == (False, "ZeroDivisionError: division by zero")


def test_running_twice_keeps_one_row_for_each_clock(settings):
    settings.CLOCKS = [f"{__name__}.tick"]

    for _ in range(2):
        clocks.run_clocks()

    assert ClockRun.objects.count() == 1


@pytest.mark.parametrize(("minutes", "is_late"), [(14, False), (16, True)])
def test_clocks_are_late_after_a_while(settings, minutes, is_late):
    settings.CLOCKS = [f"{__name__}.tick"]
    clocks.run_clocks()
    ClockRun.objects.update(ran_at=clocks.real_now() - timedelta(minutes=minutes))

    assert clocks.are_late() is is_late


def findings():
    return [(finding.level, finding.text) for finding in doctor._clocks()]


def test_the_doctor_says_that_the_clocks_never_ran(settings):
    assert [level for level, _text in findings()] == ["warning"]


def test_the_doctor_says_when_they_have_not_run_for_long_and_which_one_fails(settings, caplog):
    settings.CLOCKS = ["loa.no.such.clock"]
    clocks.run_clocks()
    fresh = findings()
    ClockRun.objects.update(ran_at=clocks.real_now() - timedelta(hours=2))

    assert [level for level, _text in fresh] == ["ok", "error"]
    assert "loa.no.such.clock" in fresh[1][1]
    assert [level for level, _text in findings()] == ["error", "error"]


def test_the_page_shows_the_machinery(as_user, administrator, settings, caplog):
    settings.CLOCKS = ["loa.no.such.clock", f"{__name__}.tick"]
    clocks.run_clocks()

    machinery = as_user(administrator).get(reverse("core:job_list")).context["machinery"]

    assert (machinery.waiting_count, machinery.are_clocks_late) == (0, False)
    assert [run.is_failing for run in machinery.clocks] == [True, False]
