"""How often one connection may do something that anybody may do. The address itself is never kept."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from loa.core import clock

HOUR = 3600


def is_too_much(request: HttpRequest, what: str, *, most: int, seconds: int = HOUR) -> bool:
    """Count one more try of this connection; true where it is beyond `most` within the time.

    Counted under a digest that changes every day. Where several people share a connection (an office, a
    school), `most` has to leave room for all of them.
    """
    day = clock.today().isoformat()
    told = f"{settings.SECRET_KEY}:{day}:{request.META.get('REMOTE_ADDR', '')}"
    key = f"tries:{what}:{hashlib.sha256(told.encode()).hexdigest()[:32]}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) > most
    except ValueError:  # it ran out between the two
        return False
