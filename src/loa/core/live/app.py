"""The ASGI application: live topics are streamed, everything else is answered by the site.

A stream holds neither a thread nor a connection to the database. Who may listen to what is not public is asked of
the site itself, with all its middleware, by a HEAD of the same address; and asked again when a stream has lasted
for `STAFF_SECONDS`.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from collections import Counter
from urllib.parse import parse_qs

from django.conf import settings
from django.db import Error as DatabaseError

from loa.core.bridge import Bridge, Receive, Scope, Send
from loa.core.live import wire
from loa.core.live.hub import Hub, Listener
from loa.core.live.topics import rule_of

PREFIX = "/song/"
STAFF_SECONDS = 600.0
RETRY_AFTER = 30
TURNED_AWAY = [(b"retry-after", str(RETRY_AFTER).encode()), (b"cache-control", b"no-store")]


class LiveApplication:
    def __init__(self, bridge: Bridge) -> None:
        self.bridge = bridge
        self.count = 0
        self.addresses: Counter[str] = Counter()
        self._hub: Hub | None = None

    @property
    def hub(self) -> Hub:
        if self._hub is None:
            self._hub = Hub()
        return self._hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            topic = topic_of(scope)
            if topic is None:
                await self.bridge.serve(scope, receive, send)
            else:
                await self._stream(topic, scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin and end of the process. The server ends only when no stream is left: loa.cli.serve tells us first."""
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self.hub.close)
        gc.freeze()  # what is loaded now stays: nobody waits while it is looked through
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _stream(self, topic: str, scope: Scope, receive: Receive, send: Send) -> None:
        address = address_of(scope)
        if (
            self.hub.is_closing
            or self.count >= settings.LIVE_LISTENERS
            or self.addresses[address] >= settings.LIVE_LISTENERS_PER_ADDRESS
        ):
            await _turn_away(send)
            return
        self.count += 1
        self.addresses[address] += 1
        try:
            await self._admit(topic, scope, receive, send)
        finally:
            self.count -= 1
            self.addresses[address] -= 1
            if not self.addresses[address]:
                del self.addresses[address]

    async def _admit(self, topic: str, scope: Scope, receive: Receive, send: Send) -> None:
        rule, ends_at = rule_of(topic), None
        try:
            if rule is None or not (rule.is_public and await self.hub.may_all_listen(topic)):
                if rule is None or (await self.bridge.ask({**scope, "method": "HEAD"})).status != 200:
                    await self.bridge.serve(scope, receive, send)
                    return
                ends_at = time.monotonic() + STAFF_SECONDS
            listener, missed = await self.hub.join(topic, since_of(scope), ends_at=ends_at)
        except DatabaseError:
            await _turn_away(send)
            return
        try:
            await _send_all(listener, missed, receive, send)
        finally:
            self.hub.leave(listener)


async def _send_all(listener: Listener, missed: bytes, receive: Receive, send: Send) -> None:
    listener.task = asyncio.current_task()
    gone = asyncio.ensure_future(_until_gone(receive, listener))
    headers = [(name.lower().encode(), value.encode()) for name, value in wire.HEADERS.items()]
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        piece = wire.greeting() + missed
        while piece and not gone.done():
            listener.sending_at = listener.hub.now
            await send({"type": "http.response.body", "body": piece, "more_body": True})
            listener.sending_at = 0.0
            piece = await listener.next()
        await send({"type": "http.response.body", "body": b""})
    except asyncio.CancelledError:  # it took nothing for too long
        if listener.hub.is_closing:
            raise
    finally:
        gone.cancel()


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.ends_at = 1.0
    listener.wake()


async def _turn_away(send: Send) -> None:
    await send({"type": "http.response.start", "status": 503, "headers": TURNED_AWAY})
    await send({"type": "http.response.body", "body": b""})


def topic_of(scope: Scope) -> str | None:
    """The topic whose stream is asked for; None for everything else."""
    path: str = scope["path"]
    name = path.removeprefix(PREFIX).removesuffix("/")
    is_stream = path == f"{PREFIX}{name}/" and "/" not in name and scope["method"] == "GET"
    return name if is_stream and name else None


def since_of(scope: Scope) -> int | None:
    query = parse_qs(scope["query_string"].decode("latin-1")).get("since", [None])
    return wire.since_of(_header(scope, b"last-event-id"), query[0])


def address_of(scope: Scope) -> str:
    """Whose streams are counted together: the proxy says it where one is trusted."""
    forwarded = _header(scope, b"x-forwarded-for") if settings.BEHIND_PROXY else None
    if forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str((scope.get("client") or ("",))[0])


def _header(scope: Scope, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name), None)
