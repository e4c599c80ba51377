"""Who streams hears that there is something to read: in its own process at once, in others through Redis.

Nothing but the topic's name is sent, and nothing rests on its arrival: who streams also looks by itself.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings

CHANNEL = "loa:live"
SILENCE = 5.0  # seconds in which a Redis that did not answer is not asked again by whoever publishes
logger = logging.getLogger(__name__)
_streaming: set[Callable[[str], None]] = set()
_lock = threading.Lock()
_quiet_until = [0.0]


def wake(topic: str) -> None:
    """After the commit. Never raises: the event stands, and is found by those who look."""
    with _lock:
        here = list(_streaming)
    for told in here:
        told(topic)
    if settings.REDIS_URL:
        _tell_others(topic)


def hear(told: Callable[[str], None]) -> None:
    """Call from any thread with the topic of each commit of this process."""
    with _lock:
        _streaming.add(told)


def hear_no_more(told: Callable[[str], None]) -> None:
    with _lock:
        _streaming.discard(told)


@cache
def _redis(address: str) -> Any:
    from redis import Redis  # noqa: PLC0415  only the fleet has one

    return Redis.from_url(address, socket_timeout=1, socket_connect_timeout=1)


def _tell_others(topic: str) -> None:
    from redis import RedisError  # noqa: PLC0415

    if time.monotonic() < _quiet_until[0]:
        return
    try:
        _redis(settings.REDIS_URL).publish(CHANNEL, topic)
    except (RedisError, OSError):
        _quiet_until[0] = time.monotonic() + SILENCE
        logger.warning("Redis does not answer: live pages ask the database until it does")


def redis_answers(address: str) -> bool:
    from redis import RedisError  # noqa: PLC0415

    try:
        return bool(_redis(address).ping())
    except (RedisError, OSError):
        return False


async def follow(heard: Callable[[str | None], None], connected: Callable[[bool], None]) -> None:
    """Hear from other processes for as long as the task lives; `heard(None)` when anything may have been missed."""
    from redis import RedisError  # noqa: PLC0415
    from redis.asyncio import Redis  # noqa: PLC0415

    while True:
        redis = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, health_check_interval=5)
        try:
            async with redis.pubsub() as line:
                await line.subscribe(CHANNEL)
                await line.get_message(timeout=5)  # that we are heard
                connected(True)
                heard(None)
                while True:
                    message = await line.get_message(ignore_subscribe_messages=True, timeout=5)
                    if message:
                        heard(message["data"].decode())
        except (RedisError, OSError, TimeoutError):
            connected(False)
            heard(None)
        finally:
            await redis.aclose()
        await asyncio.sleep(1)
