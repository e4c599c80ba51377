"""How often, counted without keeping who: an address is a digest that changes every day."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from loa.core import clock

HOUR = 3600


class Limit(NamedTuple):
    """At most so many acts of one use within so many seconds, of one address or (`is_of_all`) of everybody."""

    use: str
    most: int
    seconds: int = HOUR
    is_of_all: bool = False


def is_too_much(request: HttpRequest, *limits: Limit) -> bool:
    """Count an act against each limit; True where one of them is passed."""
    counts = [(count_up(_key(request, limit), limit.seconds), limit) for limit in limits]
    return any(count > limit.most for count, limit in counts)


def is_used_up(request: HttpRequest, limit: Limit) -> bool:
    """Whether a limit is reached already; counts nothing."""
    return counted(_key(request, limit)) >= limit.most


def address_of(request: HttpRequest) -> str:
    """Of the visitor: as the proxy says it where one stands in front (`LOA_BEHIND_PROXY`), else of the connection."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def count_up(key: str, seconds: int = HOUR) -> int:
    """How often a key was counted within its time, this one included."""
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two
        return 1


def counted(key: str) -> int:
    return int(cache.get(key, 0))


def _key(request: HttpRequest, limit: Limit) -> str:
    if limit.is_of_all:
        return f"throttle:{limit.use}:all"
    told = f"{settings.SECRET_KEY}:{clock.today().isoformat()}:{address_of(request)}"
    return f"throttle:{limit.use}:{hashlib.sha256(told.encode()).hexdigest()[:32]}"
