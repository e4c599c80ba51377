"""Many viewers of a live page: nothing lost, nothing doubled, on the screen within a second; then a flood of one address.

30 viewers in `make test`, 1,000 in `make soak`; `make bench` measures 5,000.
"""

import os
import socket
import threading

import pytest
from django.db import connection

from bench import bench_live
from core import live_scene as scene
from core.live_scene import HALL, tell
from core.test_live_processes import Browser, free_port, has, serve  # noqa: F401  a fixture is found by name

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
IS_FULL = os.environ.get("LOA_SOAK") == "full"
VIEWERS = 1000 if IS_FULL else 30


@pytest.fixture(autouse=True)
def _topics():
    scene.register()
    yield
    scene.forget()


def database():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


def test_every_viewer_sees_each_message_once_within_a_second():
    bench_live.raise_file_limit()

    found = bench_live.measure_loa(
        viewers=VIEWERS,
        seconds=60 if IS_FULL else 6,
        DATABASE_URL=database(),
        LOA_PAGE_CACHE_DIR="",
    )

    assert found["received"] == VIEWERS * found["messages"]
    assert found["p99"] <= 1


def test_flood_from_one_address_leaves_the_others_their_place(serve):  # noqa: F811
    port = free_port()
    serve(port, LOA_LIVE_LISTENERS_PER_ADDRESS="20", LOA_BEHIND_PROXY="on")
    answers, lines, lock = [], [], threading.Lock()

    def ask(count):
        for _ in range(count):
            line = socket.create_connection(("127.0.0.1", port), 10)
            line.sendall(
                f"GET /song/{HALL}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 10.0.0.66\r\n\r\n".encode()
            )
            with lock:
                lines.append(line)
                answers.append(line.recv(12)[9:])

    floods = [threading.Thread(target=ask, args=(100 if IS_FULL else 15,)) for _ in range(4)]
    for flood in floods:
        flood.start()
    for flood in floods:
        flood.join(60)
    reader = Browser(port).until(lambda each: each.statuses)
    tell(HALL, "a")
    reader.until(has(1)).end()
    for line in lines:
        line.close()

    assert answers.count(b"200") == 20
    assert set(answers) == {b"200", b"503"}
