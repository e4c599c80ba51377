"""Background work that failed is tried again by the administrator, once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django_q.conf import Conf
from django_q.models import Failure, OrmQ

from factories import make_agency, make_user
from loa.core import actions, queue

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 6, 3, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _queue_of_its_own(monkeypatch):
    """Work waits in the queue instead of being done at once, as elsewhere in tests."""
    monkeypatch.setattr(Conf, "SYNC", False)


@pytest.fixture
def failure():
    return Failure.objects.create(
        id="f" * 32,
        name="đọc",
        func="loa.documents.jobs.read_document",
        args=(7,),
        started=NOON,
        stopped=NOON,
        success=False,
        result="hết bộ nhớ",
    )


def retry_url(failure):
    return reverse("core:failed_work_retry", args=[failure.pk])


def queued():
    return [(task["func"], task["args"]) for task in (row.task for row in OrmQ.objects.all())]


def test_failed_work_is_queued_again_with_what_it_was_given(
    as_user, administrator, failure, django_capture_on_commit_callbacks
):
    page = as_user(administrator)
    shown = page.get(reverse("core:job_list")).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        response = page.post(retry_url(failure))

    assert f'action="{retry_url(failure)}"' in shown
    assert response["Location"] == reverse("core:job_list")
    assert queued() == [("loa.documents.jobs.read_document", (7,))]
    assert not Failure.objects.exists()


def test_work_that_was_given_nothing_is_queued_with_nothing(failure, django_capture_on_commit_callbacks):
    Failure.objects.update(args=None)

    with django_capture_on_commit_callbacks(execute=True):
        queue.again(Failure.objects.get())

    assert queued() == [("loa.documents.jobs.read_document", ())]


def test_two_administrators_queue_it_once(administrator, failure, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answers = [actions.retry_failed_work(failure, by=administrator) for _ in range(2)]

    assert answers == [True, False]
    assert len(queued()) == 1


def test_what_is_no_failure_is_not_found(as_user, administrator):
    response = as_user(administrator).post(reverse("core:failed_work_retry", args=["x"]))

    assert response.status_code == 404


@pytest.mark.parametrize("role", ["officer", "head", "clerk", "leader"])
def test_others_find_nothing_to_try_again(as_user, failure, role):
    response = as_user(make_user(make_agency(), role)).post(retry_url(failure))

    assert (response.status_code, Failure.objects.count(), queued()) == (404, 1, [])
