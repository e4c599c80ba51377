"""Live topics between processes: a real server, Redis or none, restarts and kills."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.db import connection

from core import live_scene as scene
from core.live_scene import HALL, parse, tell
from core.test_many_machines import redis_url  # noqa: F401  a fixture is found by name
from loa.core import live
from loa.core.live import waking

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _topics():
    scene.register()
    yield
    scene.forget()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve():
    """Start a server over the test's own database; all of them end with the test."""
    running = []

    def start(port, **variables):
        name = connection.settings_dict["NAME"]
        server = os.environ.get("DATABASE_URL", "").rpartition("/")[0]
        address = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{server}/{name}"
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "LOA_PAGE_CACHE_DIR": "",
            **variables,
        }
        command = [sys.executable, str(Path(__file__).with_name("live_server.py")), str(port)]
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        running.append(process)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return process
            time.sleep(0.1)
        raise AssertionError("the server does not start")

    yield start
    for process in running:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


class Browser(threading.Thread):
    """Listens as a browser does: comes back by itself, with its last id."""

    def __init__(self, port, since=0):
        super().__init__(daemon=True)
        self.port, self.last, self.events, self.statuses = port, since, [], []
        self.breaks, self.is_over = 0, threading.Event()
        self.start()

    def run(self):
        while not self.is_over.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self.port), 2) as line:
                    self._listen(line)
            except OSError:
                pass
            self.breaks += 1
            time.sleep(0.05)

    def _listen(self, line):
        asked = f"GET /song/{HALL}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nLast-Event-ID: {self.last}\r\n\r\n"
        line.sendall(asked.encode())
        line.settimeout(0.2)
        text = ""
        while not self.is_over.is_set():
            try:
                got = line.recv(65536)
            except TimeoutError:
                continue
            if not got:
                return
            text += got.decode()
            *whole, text = text.split("\n\n")
            for block in whole:
                self._take("\n".join(each for each in block.split("\n") if not each.endswith("\r")) + "\n\n")

    def _take(self, block):
        for number, kind, data in parse(block):
            if kind == "status":
                self.statuses.append(data)
            elif number:
                self.events.append((number, data))
                self.last = number

    def until(self, seen, seconds=30):
        until = time.monotonic() + seconds
        while not seen(self):
            assert time.monotonic() < until, (self.events[-5:], self.statuses, self.breaks)
            time.sleep(0.02)
        return self

    def end(self):
        self.is_over.set()
        self.join(10)


def has(count):
    return lambda browser: len(browser.events) >= count


def test_process_apart_is_heard_and_a_restart_loses_nothing(serve):
    port = free_port()
    server = serve(port)
    browsers = [Browser(port) for _ in range(5)]
    for browser in browsers:
        browser.until(lambda each: each.statuses == ["live"])

    tell(HALL, *map(str, range(10)))
    for browser in browsers:
        browser.until(has(10))
    began = time.monotonic()
    server.terminate()
    server.wait(20)
    ended_in = time.monotonic() - began
    tell(HALL, *map(str, range(10, 20)))
    serve(port)
    tell(HALL, *map(str, range(20, 30)))
    for browser in browsers:
        browser.until(has(30))
        browser.end()

    assert [browser.events for browser in browsers] == [[(n + 1, str(n)) for n in range(30)]] * 5
    assert ended_in < 4  # no open stream held it until it was killed
    assert server.returncode == 0


def test_kill_of_the_server_loses_nothing(serve):
    port = free_port()
    server = serve(port)
    browser = Browser(port).until(lambda each: each.statuses)
    tell(HALL, "0", "1")
    browser.until(has(2))

    os.killpg(server.pid, signal.SIGKILL)
    server.wait(10)
    tell(HALL, "2")
    serve(port)
    tell(HALL, "3")
    browser.until(has(4))
    browser.end()

    assert browser.events == [(n + 1, str(n)) for n in range(4)]


def test_pages_are_served_beside_the_streams(serve, client):
    port = free_port()
    serve(port)
    browser = Browser(port).until(lambda each: each.statuses)
    tell(HALL, "a")

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/song/{HALL}/tu/0/") as answer:
        polled = json.load(answer)
    with pytest.raises(urllib.error.HTTPError) as refused:  # a page without styles: none are collected here
        urllib.request.urlopen(f"http://127.0.0.1:{port}/ngon-ngu/")
    refused.value.close()
    browser.until(has(1))
    browser.end()

    assert polled["last"] == 1
    assert refused.value.code == 405


def test_redis_wakes_is_lost_and_comes_back(serve, redis_url, settings, tmp_path):  # noqa: F811
    settings.REDIS_URL = redis_url
    waking._quiet_until[0] = 0.0
    port = free_port()
    serve(port, REDIS_URL=redis_url)
    browser = Browser(port).until(lambda each: "live" in each.statuses)
    tell(HALL, "woken")
    browser.until(has(1))

    subprocess.run(["redis-cli", "-u", redis_url, "shutdown", "nosave"], capture_output=True, check=False)
    browser.until(lambda each: each.statuses[-1] == "delayed")
    tell(HALL, "while it is away")
    browser.until(has(2))
    assert waking.redis_answers(redis_url) is False
    again = subprocess.Popen(
        [
            "redis-server",
            "--port",
            redis_url.split(":")[2].split("/")[0],
            "--save",
            "",
            "--dir",
            str(tmp_path),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        browser.until(lambda each: each.statuses[-1] == "live")
        tell(HALL, "after")
        browser.until(has(3))
    finally:
        browser.end()
        again.terminate()
        again.wait(10)

    assert browser.events == [(1, "woken"), (2, "while it is away"), (3, "after")]
    assert browser.breaks == 1  # its own end


def test_idle_streams_hold_one_connection_to_the_database(serve):
    if connection.vendor == "sqlite":
        pytest.skip("PostgreSQL counts its connections")
    port = free_port()
    serve(port)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        before = cursor.fetchone()[0]
        browsers = [Browser(port).until(lambda each: each.statuses) for _ in range(40)]
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        during = cursor.fetchone()[0]
    for browser in browsers:
        browser.end()

    assert during - before <= 1


def test_publishing_goes_on_at_once_while_redis_is_away(settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    waking._quiet_until[0] = 0.0
    began = time.monotonic()

    tell(HALL, *map(str, range(20)))

    assert live.last_number(HALL) == 20
    assert time.monotonic() - began < 3
