"""core/live.js in a real browser: fragments appear once and in order, through a restart, and without streams."""

import os
import signal
from pathlib import Path

import pytest

from core import live_scene as scene
from core.live_scene import HALL, tell
from core.test_live_processes import free_port, serve  # noqa: F401  a fixture is found by name
from loa.core.models import LiveEvent

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SCRIPT = Path(__file__).parents[2] / "src/loa/core/static/core/live.js"
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
PAGE = f"""<!doctype html><meta charset="utf-8"><title>Hội trường</title><script src="/live.js" defer></script>
<p data-live-status role="status" data-delayed="late" data-broken="broken" data-old="old"></p>
<ul data-live-topic="{HALL}" data-live-since="%d" data-live-swap><li id="q0">0</li></ul><textarea></textarea>"""
TYPE = "document.addEventListener('DOMContentLoaded', () => document.querySelector('textarea').value = 'đang gõ')"
NOTE = "window.heard = []; document.addEventListener('live:question', (e) => window.heard.push(e.detail.id))"


@pytest.fixture(autouse=True)
def _topics():
    scene.register()
    yield
    scene.forget()


@pytest.fixture
def open_hall(browser):
    contexts = []

    def go(port, *, since=0, before=""):
        context = browser.new_context(base_url=f"http://127.0.0.1:{port}")
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(NOTE + ";" + before)
        html = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}
        page.route("**/hall", lambda route: route.fulfill(headers=html, body=PAGE % since))
        page.route(
            "**/live.js",
            lambda route: route.fulfill(content_type="text/javascript", body=SCRIPT.read_text()),
        )
        page.goto("/hall")
        return page

    yield go
    for context in contexts:
        context.close()


def items(page):
    return page.locator("li").all_inner_texts()


def wait_for(page, state, seconds=30):
    page.wait_for_selector(f'[data-live-state="{state}"]', timeout=1000 * seconds)


def wait_for_item(page, key, seconds=30):
    page.wait_for_selector(f"#{key}", timeout=1000 * seconds)


def test_fragments_appear_are_replaced_and_taken_away(serve, open_hall):  # noqa: F811
    port = free_port()
    serve(port)
    tell(HALL, "<li id='q1'>1</li>")
    page = open_hall(port)
    wait_for(page, "live")

    tell(HALL, "<li id='q2'>2</li>", "<li id='q1'>1 mới</li>")
    tell(HALL, "q0", kind="remove")
    tell(HALL, "<li id='q3'>3</li>")
    wait_for_item(page, "q3")

    assert items(page) == ["1 mới", "2", "3"]
    assert page.evaluate("window.heard") == [1, 2, 3, 5]
    assert page.locator("[data-live-status]").inner_text() == ""


def test_restart_of_the_server_is_said_and_loses_nothing(serve, open_hall):  # noqa: F811
    port = free_port()
    server = serve(port)
    page = open_hall(port)
    wait_for(page, "live")
    tell(HALL, "<li id='q1'>1</li>")
    wait_for_item(page, "q1")

    os.killpg(server.pid, signal.SIGKILL)
    server.wait(10)
    wait_for(page, "broken")
    tell(HALL, "<li id='q2'>2</li>")
    serve(port)
    tell(HALL, "<li id='q3'>3</li>")
    wait_for_item(page, "q3", 60)

    assert items(page) == ["0", "1", "2", "3"]
    assert page.evaluate("window.heard") == [1, 2, 3]


def test_browser_without_streams_asks_and_says_so(live_server, open_hall):
    port = live_server.url.rpartition(":")[2]
    page = open_hall(port, before="delete window.EventSource")
    tell(HALL, "<li id='q1'>1</li>")
    wait_for_item(page, "q1")
    tell(HALL, "<li id='q2'>2</li>")
    wait_for_item(page, "q2")

    assert items(page) == ["0", "1", "2"]
    assert page.locator("[data-live-status]").inner_text() == "late"


def test_site_without_a_live_process_tells_late_but_tells(live_server, open_hall):
    page = open_hall(live_server.url.rpartition(":")[2])
    tell(HALL, "<li id='q1'>1</li>")
    wait_for_item(page, "q1")
    tell(HALL, "<li id='q2'>2</li>")
    wait_for_item(page, "q2")

    assert items(page) == ["0", "1", "2"]
    assert page.evaluate("window.heard") == [1, 2]
    wait_for(page, "delayed")


def test_full_house_asks_instead(serve, open_hall):  # noqa: F811
    port = free_port()
    serve(port, LOA_LIVE_LISTENERS="0")
    page = open_hall(port)
    tell(HALL, "<li id='q1'>1</li>")
    wait_for_item(page, "q1")

    assert page.locator("[data-live-status]").inner_text() == "late"


def test_old_page_is_loaded_again_unless_somebody_types(serve, open_hall):  # noqa: F811
    port = free_port()
    serve(port)
    tell(HALL, "<li id='q1'>1</li>", "<li id='q2'>2</li>")
    LiveEvent.objects.all().delete()

    idle = open_hall(port, since=1)
    with idle.expect_navigation(timeout=20_000):
        idle.wait_for_timeout(1)
    typing = open_hall(port, since=1, before=TYPE)
    wait_for(typing, "old")

    assert typing.input_value("textarea") == "đang gõ"
    assert typing.locator("[data-live-status]").inner_text() == "old"
