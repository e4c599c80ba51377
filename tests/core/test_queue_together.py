"""What a transaction asks for many times is queued in few jobs, and not at all when it is rolled back."""

import pytest
from django.db import transaction

from loa.core import queue

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(monkeypatch):
    jobs = []
    monkeypatch.setattr(queue, "async_task", lambda *args: jobs.append(args))
    return jobs


def test_keys_of_one_transaction_go_together(queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for key in (1, 2, 2, 3):
            queue.later_together("job", "story", [key])
        queue.later_together("job", "event", [9])

    assert queued == [("job", "story", [1, 2, 3]), ("job", "event", [9])]


def test_many_keys_are_cut_into_parts(queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue.later_together("job", "story", range(1_200))

    assert [len(keys) for _name, _kind, keys in queued] == [500, 500, 200]


def test_what_is_rolled_back_takes_nothing_along(queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        try:
            with transaction.atomic():
                queue.later_together("job", "story", [1])
                raise RuntimeError  # noqa: TRY301
        except RuntimeError:
            pass
        queue.later_together("job", "story", [2])

    assert queued == [("job", "story", [2])]


def test_nothing_asks_for_nothing(queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        queue.later_together("job", "story", [])

    assert queued == []
