"""Viewers of live topics, without a server between: an ASGI call whose reader can be slow or gone."""

import asyncio
from contextlib import asynccontextmanager

from django.db import connection, transaction

from loa.core import live
from loa.core.live import hub, topics

HALL, DESK, SHUT = "hall:1", "staff-hall:1", "shut:1"


def register():
    live.register_topic("hall", may_listen=lambda _user, key: key != "closed", is_public=True)
    live.register_topic("staff-hall", may_listen=lambda user, _key: user.is_authenticated)
    live.register_topic("shut", may_listen=lambda _user, _key: False, is_public=True)


def forget():
    for prefix in ("hall", "staff-hall", "shut"):
        topics.forget_topic(prefix)


def tell(topic=HALL, *data, kind="question"):
    """Publish each in a transaction of its own; gives the last number."""
    number = 0
    for each in data:
        with transaction.atomic():
            number = live.publish(topic, kind=kind, data=each)
    return number


async def in_thread(act, *args):
    """Database work of another thread, its connection closed behind it."""

    def run():
        try:
            return act(*args)
        finally:
            connection.close()

    return await asyncio.to_thread(run)


class Viewer:
    """One stream: what it was sent, as (id, kind, data)."""

    def __init__(self, app, topic, *, since=None, last_id=None, address="10.0.0.1", cookie="", headers=()):
        sent = [(b"host", b"testserver"), *headers]
        if last_id is not None:
            sent.append((b"last-event-id", str(last_id).encode()))
        if cookie:
            sent.append((b"cookie", cookie.encode()))
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": f"/song/{topic}/",
            "query_string": b"" if since is None else f"since={since}".encode(),
            "headers": sent,
            "client": (address, 1),
            "http_version": "1.1",
            "scheme": "http",
        }
        self.status, self.headers, self.text, self.is_over = 0, {}, "", False
        self.takes = asyncio.Event()
        self.takes.set()
        self._messages = asyncio.Queue()
        self._messages.put_nowait({"type": "http.request", "body": b""})
        self._news = asyncio.Event()
        self.task = asyncio.ensure_future(app(self.scope, self._messages.get, self._take))
        self.task.add_done_callback(lambda _task: self._news.set())

    async def _take(self, message):
        await self.takes.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.text += message["body"].decode()
            self.is_over = not message.get("more_body")
        self._news.set()

    def leave(self):
        self._messages.put_nowait({"type": "http.disconnect"})

    @property
    def events(self):
        return [event for event in parse(self.text) if event[1] not in ("status", "beat")]

    @property
    def statuses(self):
        return [data for _id, kind, data in parse(self.text) if kind == "status"]

    @property
    def numbers(self):
        return [number for number, _kind, _data in self.events]

    async def until(self, seen, seconds=20):
        async with asyncio.timeout(seconds):
            while not seen(self):
                if self.task.done() and not seen(self):
                    self.task.result()
                    raise AssertionError(f"the stream ended: {self.status} {self.text!r}")
                self._news.clear()
                await self._news.wait()
        return self

    async def end(self, seconds=20):
        async with asyncio.timeout(seconds):
            await asyncio.wait([self.task])
        return self


def parse(text):
    found = []
    for block in text.split("\n\n")[:-1]:
        fields = [line.partition(": ") for line in block.split("\n")]
        number = next((int(value) for name, _, value in fields if name == "id"), None)
        data = [value for name, _, value in fields if name == "data"]
        kind = next((value for name, _, value in fields if name == "event"), "") or (data and data.pop(0))
        if kind:
            found.append((number, kind, "\n".join(data)))
    return found


@asynccontextmanager
async def opened(app):
    """The application in this loop; every stream is over afterwards."""
    try:
        yield app
    finally:
        app.hub.close()
        async with asyncio.timeout(20):
            while app.count or app.hub.channels or app.hub._tasks:  # noqa: ASYNC110  nobody tells of the last
                await asyncio.sleep(0.01)
        await asyncio.get_running_loop().run_in_executor(app.hub._reader, hub._close_connection)
        app.hub._reader.shutdown()
