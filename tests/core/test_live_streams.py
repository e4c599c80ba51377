"""Streams of live topics: order, resume, slow and broken listeners, caps, who may listen, the end."""

import asyncio
import time

import pytest
from django.db import OperationalError, transaction

from core import live_scene as scene
from core.live_scene import DESK, HALL, Viewer, in_thread, opened, tell
from factories import make_agency, make_user
from loa.config.wsgi import application as site
from loa.core import live
from loa.core.bridge import Bridge
from loa.core.live import app as live_app
from loa.core.live import events, hub, wire
from loa.core.models import LiveEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _topics(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    scene.register()
    yield
    scene.forget()


def play(story):
    """Run a story with an application of its own, whose threads close their connections."""

    async def told():
        bridge = Bridge(site, threads=1)
        async with opened(live_app.LiveApplication(bridge)) as app:
            await story(app)
        bridge.threads.submit(hub._close_connection)
        bridge.threads.shutdown()

    asyncio.run(told())


def seen(count):
    return lambda viewer: len(viewer.events) >= count


def is_greeted(viewer):
    return bool(viewer.statuses)


def test_listener_gets_what_is_published_in_order_and_once():
    async def story(app):
        viewers = [Viewer(app, HALL) for _ in range(20)]
        for viewer in viewers:
            await viewer.until(is_greeted)

        await in_thread(tell, HALL, *map(str, range(50)))

        for viewer in viewers:
            await viewer.until(seen(50))
            assert viewer.events == [(n + 1, "question", str(n)) for n in range(50)]
        assert viewers[0].headers["content-type"] == "text/event-stream; charset=utf-8"
        assert viewers[0].headers["x-accel-buffering"] == "no"
        assert viewers[0].headers["cache-control"] == "no-store, no-transform"
        assert viewers[0].text.startswith("retry: ")
        assert app.hub.count == 20

    play(story)


def test_publisher_of_the_same_process_wakes_at_once(monkeypatch):
    monkeypatch.setattr(hub, "LOOK_SECONDS", 60)

    async def story(app):
        viewer = await Viewer(app, HALL).until(is_greeted)
        await asyncio.sleep(0.2)

        await in_thread(tell, HALL, "a")

        await viewer.until(seen(1), seconds=10)

    play(story)


def test_page_made_before_the_stream_misses_nothing():
    async def story(app):
        await in_thread(tell, HALL, "a", "b", "c")

        by_page = await Viewer(app, HALL, since=1).until(seen(2))
        by_browser = await Viewer(app, HALL, since=1, last_id=2).until(seen(1))
        newcomer = await Viewer(app, HALL).until(is_greeted)
        await in_thread(tell, HALL, "d")
        for viewer in (by_page, by_browser, newcomer):
            await viewer.until(lambda each: 4 in each.numbers)

        assert (by_page.numbers, by_browser.numbers, newcomer.numbers) == ([2, 3, 4], [3, 4], [4])

    play(story)


def test_listener_that_breaks_again_and_again_gets_each_event_once():
    async def story(app):
        got, last = [], 0
        telling = asyncio.ensure_future(in_thread(tell, HALL, *map(str, range(120))))
        while len(got) < 120:
            viewer = await Viewer(app, HALL, since=0, last_id=last).until(seen(1))
            viewer.leave()
            await viewer.end()
            got += viewer.numbers
            last = got[-1]
        await telling

        assert got == list(range(1, 121))
        assert app.count == 0

    play(story)


def test_resume_from_before_what_is_kept_in_memory(monkeypatch):
    monkeypatch.setattr(events, "KEPT_IN_MEMORY", 10)

    async def story(app):
        other = await Viewer(app, HALL).until(is_greeted)
        await in_thread(tell, HALL, *map(str, range(40)))
        await other.until(seen(40))

        viewer = await Viewer(app, HALL, last_id=3).until(seen(37))

        assert viewer.numbers == list(range(4, 41))

    play(story)


def test_more_at_once_than_is_kept_in_memory_arrives_whole():
    async def story(app):
        viewer = await Viewer(app, HALL).until(is_greeted)

        await in_thread(tell_in_one_act, 450)

        await viewer.until(seen(450))
        assert viewer.numbers == list(range(1, 451))

    play(story)


def tell_in_one_act(count):
    with transaction.atomic():
        for number in range(count):
            live.publish(HALL, kind="question", data=str(number))


def test_slow_listener_is_dropped_and_resumes_without_loss(monkeypatch):
    monkeypatch.setattr(events, "KEPT_IN_MEMORY", 10)

    async def story(app):
        slow = await Viewer(app, HALL).until(is_greeted)
        quick = await Viewer(app, HALL).until(is_greeted)
        slow.takes.clear()
        for part in range(4):
            await in_thread(tell, HALL, *[str(part)] * 10)
            await quick.until(seen(10 * (part + 1)))
        slow.takes.set()
        await slow.end()

        again = await Viewer(app, HALL, last_id=slow.numbers[-1]).until(lambda each: 40 in each.numbers)

        assert slow.is_over
        assert slow.numbers + again.numbers == list(range(1, 41)) == quick.numbers

    play(story)


def test_listener_that_takes_nothing_is_let_go(monkeypatch):
    monkeypatch.setattr(hub, "PATIENCE_SECONDS", 0.5)

    async def story(app):
        stuck = await Viewer(app, HALL).until(is_greeted)
        stuck.takes.clear()
        await in_thread(tell, HALL, "a")

        await stuck.end(seconds=10)

        assert (app.count, app.hub.count, app.hub.channels) == (0, 0, {})

    play(story)


def test_listener_who_leaves_is_forgotten_and_nobody_looks_any_more():
    async def story(app):
        viewer = await Viewer(app, HALL).until(is_greeted)
        viewer.leave()
        await viewer.end()
        for _ in range(100):
            await asyncio.sleep(0.01)
            if not app.hub._tasks:
                break

        assert (app.count, app.hub.channels, app.hub._tasks, dict(app.addresses)) == (0, {}, [], {})

        again = await Viewer(app, HALL).until(is_greeted)
        await in_thread(tell, HALL, "a")
        await again.until(seen(1))

    play(story)


def test_pruned_range_is_told_as_reload():
    async def story(app):
        await in_thread(tell, HALL, "a", "b", "c")
        await in_thread(LiveEvent.objects.filter(number__lt=3).delete)

        late = await Viewer(app, HALL, last_id=1).until(seen(1))
        in_time = await Viewer(app, HALL, last_id=2).until(seen(1))
        ahead = await Viewer(app, HALL, last_id=99).until(seen(1))
        await in_thread(tell, HALL, "d")
        await late.until(seen(2))

        assert late.events == [(3, "reload", ""), (4, "question", "d")]
        assert in_time.events[0] == (3, "question", "c")
        assert ahead.events[0] == (3, "reload", "")

    play(story)


def test_page_that_knows_more_than_the_stream_loses_nothing(monkeypatch):
    """The page was made after a commit that this process has not seen yet."""
    monkeypatch.setattr(hub, "LOOK_SECONDS", 60)
    monkeypatch.setattr(hub.waking, "hear", lambda _told: None)

    async def story(app):
        other = await Viewer(app, HALL).until(is_greeted)
        await asyncio.sleep(0.2)
        number = await in_thread(tell, HALL, "a")

        viewer = await Viewer(app, HALL, since=number).until(is_greeted)
        await in_thread(tell, HALL, "b")
        app.hub.wake()
        await viewer.until(seen(1))
        await other.until(seen(2))

        assert (viewer.numbers, other.numbers) == ([2], [1, 2])

    play(story)


def test_caps_by_address_and_in_all(settings):
    settings.LIVE_LISTENERS_PER_ADDRESS, settings.LIVE_LISTENERS = 2, 3

    async def story(app):
        for _ in range(2):
            await Viewer(app, HALL, address="10.0.0.1").until(is_greeted)
        same = await Viewer(app, HALL, address="10.0.0.1").end()
        third = await Viewer(app, HALL, address="10.0.0.2").until(is_greeted)
        other = await Viewer(app, HALL, address="10.0.0.3").end()

        assert (same.status, other.status) == (503, 503)
        assert same.headers["retry-after"] == "30"
        third.leave()
        await third.end()
        await Viewer(app, HALL, address="10.0.0.3").until(is_greeted)

    play(story)


def test_trusted_proxy_says_whose_address_it_is(settings):
    settings.LIVE_LISTENERS_PER_ADDRESS = 1

    async def story(app):
        forged = (b"x-forwarded-for", b"10.9.9.9, 10.0.0.7")
        settings.BEHIND_PROXY = True
        await Viewer(app, HALL, headers=[forged]).until(is_greeted)
        same = await Viewer(app, HALL, headers=[(b"x-forwarded-for", b"10.1.1.1, 10.0.0.7")]).end()
        await Viewer(app, HALL, headers=[(b"x-forwarded-for", b"10.0.0.8")]).until(is_greeted)

        assert same.status == 503

    play(story)


def test_who_may_not_listen_gets_nothing():
    async def story(app):
        for topic in (scene.SHUT, "hall:closed", DESK, "nobody:1", "hall"):
            viewer = await Viewer(app, topic).end()
            assert viewer.status == 404, topic

    play(story)


def test_staff_topic_listens_with_its_session_and_is_asked_again(client, monkeypatch):
    monkeypatch.setattr(live_app, "STAFF_SECONDS", 1.5)
    client.force_login(
        make_user(make_agency("Sở")), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    cookie = f"sessionid={client.cookies['sessionid'].value}"

    async def story(app):
        viewer = await Viewer(app, DESK, cookie=cookie).until(is_greeted)
        await in_thread(tell, DESK, "17")
        await viewer.until(seen(1))
        await viewer.end()
        await in_thread(client.logout)
        refused = await Viewer(app, DESK, cookie=cookie, last_id=1).end()

        assert viewer.events == [(1, "question", "17")]
        assert viewer.is_over
        assert refused.status == 404

    play(story)


def test_stream_beats_while_nothing_happens(monkeypatch):
    monkeypatch.setattr(hub, "BEAT_SECONDS", 1)

    async def story(app):
        viewer = await Viewer(app, HALL).until(is_greeted)

        await viewer.until(lambda each: each.text.count("event: beat") >= 2, seconds=10)

        assert viewer.numbers == []

    play(story)


def test_server_that_ends_lets_every_listener_go():
    async def story(app):
        viewers = [await Viewer(app, HALL).until(is_greeted) for _ in range(3)]
        began = time.monotonic()

        app.hub.close()
        for viewer in viewers:
            await viewer.end()
        late = await Viewer(app, HALL).end()

        assert time.monotonic() - began < 2
        assert [viewer.is_over for viewer in viewers] == [True] * 3
        assert late.status == 503

    play(story)


def test_database_that_is_away_for_a_while_loses_nothing(monkeypatch):
    async def story(app):
        viewer = await Viewer(app, HALL).until(is_greeted)
        read, fails = events.news, [3]

        def broken(known):
            if fails[0]:
                fails[0] -= 1
                raise OperationalError("away")
            return read(known)

        monkeypatch.setattr(events, "news", broken)
        await in_thread(tell, HALL, "a", "b")

        await viewer.until(seen(2))

        assert viewer.numbers == [1, 2]
        assert fails == [0]

    play(story)


def test_idle_stream_holds_no_thread():
    async def story(app):
        for _ in range(50):
            await Viewer(app, HALL).until(is_greeted)

        assert len(app.hub._reader._threads) == 1
        assert len(app.bridge.threads._threads) == 0

    play(story)


def test_fragments_of_many_lines_arrive_as_they_are():
    text = "<li>\r\n  một\r  hai\n</li>"

    written = wire.written(events.Event(7, "question", text)).decode()

    assert scene.parse(written) == [(7, "question", "<li>\n  một\n  hai\n</li>")]
