"""Events of live topics: written with the act, numbered in the order of commits, pruned after a day."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from core import live_scene as scene
from loa.core import live
from loa.core.live import events
from loa.core.models import LiveEvent, LiveTopic

HALL = scene.HALL


@pytest.fixture(autouse=True)
def _topics():
    scene.register()
    yield
    scene.forget()


@pytest.mark.django_db
def test_event_is_written_with_the_act():
    with transaction.atomic():
        first = live.publish(HALL, kind="question", data="<li>Hỏi</li>")
        second = live.publish(HALL, kind="answer")

    assert (first, second, live.last_number(HALL)) == (1, 2, 2)
    assert events.events_after(HALL, 0).events == [(1, "question", "<li>Hỏi</li>"), (2, "answer", "")]


@pytest.mark.django_db(transaction=True)
def test_event_of_an_act_that_failed_never_was():
    scene.tell(HALL, "a")

    with transaction.atomic():
        live.publish(HALL, kind="question", data="b")
        transaction.set_rollback(True)

    assert scene.tell(HALL, "c") == 2
    assert [event.data for event in events.events_after(HALL, 0).events] == ["a", "c"]


@pytest.mark.django_db(transaction=True)
def test_event_is_published_only_inside_an_act():
    with pytest.raises(transaction.TransactionManagementError):
        live.publish(HALL, kind="question")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("topic", "kind", "data"),
    [
        ("nobody:1", "question", ""),
        ("hall", "question", ""),
        ("hall:1/2", "question", ""),
        (HALL, "reload", ""),
        (HALL, "Question", ""),
        (HALL, "question\ndata: x", ""),
        (HALL, "question", "x" * (events.LONGEST_FRAGMENT + 1)),
        (scene.DESK, "question", "x" * (events.LONGEST_REFERENCE + 1)),
    ],
)
def test_event_that_cannot_be_told_is_refused(topic, kind, data):
    with pytest.raises(ValueError, match=r"topic|kind|at most"):
        live.publish(topic, kind=kind, data=data)

    assert LiveEvent.objects.count() == 0


@pytest.mark.django_db
def test_topics_count_apart():
    scene.tell(HALL, "a", "b")

    assert scene.tell("hall:2", "c") == 1
    assert live.last_number("hall:3") == 0


@pytest.mark.django_db
def test_who_is_too_far_behind_or_ahead_loads_the_page_again():
    scene.tell(HALL, "a", "b", "c")
    LiveEvent.objects.filter(number=1).delete()

    assert events.events_after(HALL, 0) == ([], 3, True)
    assert events.events_after(HALL, 9) == ([], 3, True)
    assert events.events_after(HALL, 0, limit=2) == ([], 3, True)
    assert events.events_after(HALL, 1).events == [(2, "question", "b"), (3, "question", "c")]
    assert events.events_after(HALL, 3) == ([], 3, False)
    assert events.events_after(HALL, None) == ([], 3, False)


@pytest.mark.django_db
def test_news_of_many_topics_is_one_query_where_nothing_is_new(django_assert_num_queries):
    for number in range(30):
        scene.tell(f"hall:{number}", "a")
    known = {f"hall:{number}": 1 for number in range(30)}
    with django_assert_num_queries(1):
        assert events.news(known) == {}
    scene.tell("hall:3", "b")
    scene.tell("hall:7", "c")

    with django_assert_num_queries(2):
        news = events.news(known)

    assert {topic: missed.events for topic, missed in news.items()} == {
        "hall:3": [(2, "question", "b")],
        "hall:7": [(2, "question", "c")],
    }


@pytest.mark.django_db
def test_news_with_a_hole_are_not_told_in_part():
    scene.tell(HALL, "a", "b", "c")
    LiveEvent.objects.filter(number=2).delete()

    assert events.news({HALL: 1}) == {HALL: ([], 3, True)}


@pytest.mark.django_db
def test_events_are_pruned_after_a_day_and_no_number_comes_again(settings, monkeypatch):
    settings.LIVE_KEPT_HOURS = 24
    moment = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    monkeypatch.setattr(events, "real_now", lambda: moment)
    scene.tell(HALL, "a")
    moment += timedelta(hours=24)
    at = live.prune_events()
    scene.tell(HALL, "b")
    moment += timedelta(seconds=1)
    after, twice = live.prune_events(), live.prune_events()

    assert (at, after, twice) == (0, 1, 0)
    assert events.events_after(HALL, 0).must_reload
    assert events.events_after(HALL, 1).events == [(2, "question", "b")]


@pytest.mark.django_db(transaction=True)
def test_numbers_are_seen_in_the_order_of_commits():
    """Two acts at once: the second waits for the first, so nobody sees its number before the first one's."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time on SQLite; the test is for PostgreSQL")
    scene.tell(HALL, "zero")
    has_published, may_commit, seen = threading.Event(), threading.Event(), []

    def slow():
        with transaction.atomic():
            live.publish(HALL, kind="question", data="slow")
            has_published.set()
            may_commit.wait(10)
        connection.close()

    def quick():
        has_published.wait(10)
        scene.tell(HALL, "quick")
        connection.close()

    acts = [threading.Thread(target=slow), threading.Thread(target=quick)]
    for act in acts:
        act.start()
    has_published.wait(10)
    for _ in range(10):
        seen.append(events.news({HALL: 1}))
        threading.Event().wait(0.03)
    may_commit.set()
    for act in acts:
        act.join(10)

    assert seen == [{}] * 10
    assert events.news({HALL: 1})[HALL].events == [(2, "question", "slow"), (3, "question", "quick")]


@pytest.mark.django_db(transaction=True)
def test_acts_of_many_threads_leave_no_hole():
    def act():
        scene.tell(HALL, *"abcde")
        scene.tell("hall:new", "x")
        connection.close()

    acts = [threading.Thread(target=act) for _ in range(4)]
    for each in acts:
        each.start()
    for each in acts:
        each.join(60)

    assert [event.number for event in events.events_after(HALL, 0).events] == list(range(1, 21))
    assert LiveTopic.objects.get(name="hall:new").last == 4


# Where no stream can be had -------------------------------------------------------------------------


@pytest.mark.django_db
def test_polling_gives_what_came_since(client):
    scene.tell(HALL, "<li>một</li>", "hai")

    answer = client.get(f"/song/{HALL}/tu/1/")

    assert answer.json() == {
        "events": [{"id": 2, "kind": "question", "data": "hai"}],
        "last": 2,
        "reload": False,
    }
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert client.get(f"/song/{HALL}/tu/7/").json() == {"events": [], "last": 2, "reload": True}


@pytest.mark.django_db
def test_site_without_a_live_process_gives_a_short_stream(client):
    scene.tell(HALL, "một\nhai", "ba")

    answer = client.get(f"/song/{HALL}/?since=0", headers={"last-event-id": "1"})
    short = client.get(f"/song/{HALL}/?since=0").content.decode()

    assert answer["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer["X-Accel-Buffering"] == "no"
    assert scene.parse(answer.content.decode()) == [(None, "status", "delayed"), (2, "question", "ba")]
    assert scene.parse(short)[1] == (1, "question", "một\nhai")
    assert short.startswith("retry: ")


@pytest.mark.django_db
@pytest.mark.parametrize("topic", [scene.SHUT, "hall:closed", scene.DESK, "nobody:1", "hall", "x" * 200])
def test_who_may_not_listen_finds_nothing(client, topic):
    assert client.get(f"/song/{topic}/").status_code == 404
    assert client.get(f"/song/{topic}/tu/0/").status_code == 404


@pytest.mark.django_db
def test_query_counts_do_not_grow_with_events(client, django_assert_num_queries):
    scene.tell(HALL, "a")
    with django_assert_num_queries(2):
        client.get(f"/song/{HALL}/tu/0/")
    scene.tell(HALL, *"bcdefghijklmnopqrstuvwxyzabcde")

    with django_assert_num_queries(2):
        client.get(f"/song/{HALL}/tu/0/")
