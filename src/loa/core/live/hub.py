"""One event loop's streams: every event is read once for all of them and written once for all of them.

A listener is a place in its channel and no queue of its own: the newest events of the channel are what waits for
it. One that falls behind them, or does not take what it is sent, is dropped and comes back with its last number.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from loa.core.live import events, topics, waking, wire

LOOK_SECONDS = 0.15  # between two looks into the database while nobody wakes us
LOOK_SECONDS_WOKEN = 2.0  # while Redis does; a lost message costs no more
BEAT_SECONDS = 15.0
PATIENCE_SECONDS = 30.0  # for a listener that does not take what it is sent
MAY_SECONDS = 5.0  # for which it is remembered who may listen to a public topic
IN_ONE_PIECE = 64  # events
logger = logging.getLogger(__name__)
T = TypeVar("T")


class Channel:
    """The newest events of a topic, as bytes, and who listens. Their numbers have no holes."""

    def __init__(self, topic: str, missed: events.Missed) -> None:
        self.topic, self.last = topic, missed.last
        self.recent: deque[bytes] = deque(maxlen=events.KEPT_IN_MEMORY)
        self.recent.extend(wire.written(event) for event in missed.events)
        self.listeners: set[Listener] = set()

    @property
    def before(self) -> int:
        """Whoever has this number finds all that follows here."""
        return self.last - len(self.recent)

    def add(self, missed: events.Missed) -> None:
        if missed.must_reload:
            self.recent.clear()
            for listener in self.listeners:
                listener.has_missed = True
        self.recent.extend(wire.written(event) for event in missed.events)
        self.last = missed.last
        for listener in self.listeners:
            listener.wake()


class Listener:
    """One stream: `await next()` gives what to send, b"" when it is over."""

    __slots__ = (
        "at",
        "beat_at",
        "channel",
        "ends_at",
        "has_missed",
        "hub",
        "sending_at",
        "status",
        "task",
        "waits",
    )

    def __init__(self, hub: Hub, channel: Channel, at: int, *, ends_at: float | None = None) -> None:
        self.hub, self.channel, self.at, self.ends_at = hub, channel, at, ends_at
        self.status, self.has_missed = "", False
        self.beat_at, self.sending_at = hub.now + BEAT_SECONDS, 0.0
        self.waits: asyncio.Future[None] | None = None
        self.task: asyncio.Task[Any] | None = None

    def wake(self) -> None:
        if self.waits and not self.waits.done():
            self.waits.set_result(None)

    async def next(self) -> bytes:
        while not self.hub.is_closing:
            if self.ends_at and self.hub.now > self.ends_at:
                break
            if piece := self._take():
                return piece
            if self.at < self.channel.last:
                break  # fallen behind what is kept here: it comes back and asks the database
            self.waits = self.hub.loop.create_future()
            await self.waits
        return b""

    def _take(self) -> bytes:
        channel = self.channel
        if self.at == channel.last - 1 and self.status == self.hub.status and channel.recent:
            self.at, self.beat_at = channel.last, self.hub.now + BEAT_SECONDS
            return channel.recent[-1]  # the usual case: one event, the same bytes for everyone
        return self._take_several()

    def _take_several(self) -> bytes:
        pieces = []
        if self.status != self.hub.status:
            self.status = self.hub.status
            pieces.append(wire.status(self.status))
        channel = self.channel
        if self.has_missed:
            self.has_missed, self.at = False, channel.last
            pieces.append(wire.reload(channel.last))
        elif channel.before <= self.at < channel.last:
            begin = self.at - channel.before
            taken = list(islice(channel.recent, begin, begin + IN_ONE_PIECE))
            pieces += taken
            self.at += len(taken)
        if not pieces and self.hub.now >= self.beat_at:
            pieces.append(wire.BEAT)
        if pieces:
            self.beat_at = self.hub.now + BEAT_SECONDS
        return b"".join(pieces)


def _close_connection() -> None:
    connection.close()  # the one of the thread that calls


def _first_status() -> str:
    return wire.DELAYED if settings.REDIS_URL else wire.AT_ONCE


class Hub:
    """Made inside the running loop. Its one thread holds the one connection to the database."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.channels: dict[str, Channel] = {}
        self.count = 0
        self.now = time.monotonic()  # to the second: asked for each event of each listener
        self.is_closing = False
        self.status = _first_status()
        self._asking, self._looking = asyncio.Lock(), asyncio.Lock()
        self._woken = asyncio.Event()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="live-reader")
        self._tasks: list[asyncio.Task[None]] = []
        self._may: dict[str, tuple[float, bool]] = {}

    async def may_all_listen(self, topic: str) -> bool:
        """Whether a public topic is open now; asked once in a while for everyone."""
        async with self._asking:  # of thousands who come back at once, one asks
            until, answer = self._may.get(topic, (0.0, False))
            if time.monotonic() > until:
                answer = await self._read(lambda: topics.may_listen(AnonymousUser(), topic))
                if len(self._may) > 1000:
                    self._may.clear()
                self._may[topic] = (time.monotonic() + MAY_SECONDS, answer)
            return answer

    async def join(
        self, topic: str, since: int | None, *, ends_at: float | None = None
    ) -> tuple[Listener, bytes]:
        """A listener, and what it has missed since its last number."""
        channel = await self._channel(topic)
        listener = Listener(self, channel, channel.last if since is None else since, ends_at=ends_at)
        channel.listeners.add(listener)
        self.count += 1
        self._work()
        if channel.before <= listener.at <= channel.last:
            return listener, b""
        try:
            missed = await self._read(lambda: events.events_after(topic, since))
        except BaseException:
            self.leave(listener)
            raise
        listener.at, listener.has_missed = missed.last, False
        return listener, wire.told(missed)

    def leave(self, listener: Listener) -> None:
        channel = listener.channel
        if listener in channel.listeners:
            channel.listeners.discard(listener)
            self.count -= 1
            if not channel.listeners:
                self.channels.pop(channel.topic, None)

    def wake(self, topic: str | None = None) -> None:
        """Look into the database now. From this loop only."""
        if topic is None or topic in self.channels:
            self._woken.set()

    def close(self) -> None:
        """End every stream: the listeners come back to whoever serves then."""
        self.is_closing = True
        self._wake_all()
        self._woken.set()

    def set_connected(self, *, is_connected: bool) -> None:
        """Redis has come, or gone away; every listener is told once."""
        status = wire.AT_ONCE if is_connected else wire.DELAYED
        if status != self.status:
            self.status = status
            self._wake_all()

    def _wake_all(self) -> None:
        for channel in self.channels.values():
            for listener in channel.listeners:
                listener.wake()

    async def _channel(self, topic: str) -> Channel:
        async with self._looking:
            if topic not in self.channels:
                self.channels[topic] = Channel(topic, await self._read(lambda: events.newest(topic)))
            return self.channels[topic]

    def _work(self) -> None:
        if not self._tasks:
            self.now = time.monotonic()
            jobs = [self._look_on(), self._tick()]
            if settings.REDIS_URL:
                jobs.append(waking.follow(self.wake, lambda yes: self.set_connected(is_connected=yes)))
            self._tasks = [self.loop.create_task(job) for job in jobs]

    def _rest(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self.status = _first_status()
        self._reader.submit(_close_connection)
        if self.count and not self.is_closing:  # somebody has come meanwhile
            self._work()

    async def _look_on(self) -> None:
        def heard(topic: str) -> None:
            self.loop.call_soon_threadsafe(self.wake, topic)

        waking.hear(heard)
        try:
            while self.count and not self.is_closing:
                self._woken.clear()
                wait = await self._look()
                try:
                    await asyncio.wait_for(self._woken.wait(), wait)
                except TimeoutError:
                    continue
        finally:
            waking.hear_no_more(heard)
            self.loop.call_soon(self._rest)

    async def _look(self) -> float:
        """Read what is new; gives the seconds until the next look."""
        async with self._looking:
            known = {topic: channel.last for topic, channel in self.channels.items()}
            try:
                news = await self._read(lambda: events.news(known))
            except DatabaseError:
                logger.exception("The database does not answer: live pages wait for it")
                return 1.0
            for topic, missed in news.items():
                if topic in self.channels:
                    self.channels[topic].add(missed)
        if any(len(each.events) == events.KEPT_IN_MEMORY for each in news.values()):
            await asyncio.sleep(LOOK_SECONDS)  # there is more; first the listeners take these
        if news:
            return 0.02
        is_woken = settings.REDIS_URL and self.status == wire.AT_ONCE
        return LOOK_SECONDS_WOKEN if is_woken else LOOK_SECONDS

    async def _tick(self) -> None:
        """Each second: beats that are due, streams that have lasted long enough, listeners that take nothing."""
        while True:
            await asyncio.sleep(1)
            self.now = now = time.monotonic()
            for channel in list(self.channels.values()):
                for each in list(channel.listeners):
                    if each.sending_at:
                        if now - each.sending_at > PATIENCE_SECONDS and each.task:
                            each.task.cancel()
                    elif now >= each.beat_at or (each.ends_at and now > each.ends_at):
                        each.wake()

    async def _read(self, ask: Callable[[], T]) -> T:
        def asked() -> T:
            close_old_connections()
            try:
                return ask()
            except DatabaseError:
                connection.close()
                raise

        return await self.loop.run_in_executor(self._reader, asked)
