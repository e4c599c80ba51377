"""How often a key may call: a fixed number a minute, told by the key itself. Real time counts."""

from __future__ import annotations

import time
from typing import Any

from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from loa.api.models import ApiKey

MINUTE = 60


def wait_for(key: ApiKey) -> int:
    """Count a call; the seconds to wait where there were too many in this minute."""
    now = int(time.time())
    name = f"api-key:{key.pk}:{now // MINUTE}"
    cache.add(name, 0, timeout=2 * MINUTE)
    try:
        count = cache.incr(name)
    except ValueError:  # it ran out between the two
        count = 1
    return MINUTE - now % MINUTE if count > key.rate else 0


class KeyThrottle(BaseThrottle):
    seconds = 0

    def allow_request(self, request: Any, view: Any) -> bool:  # noqa: ARG002  the library's shape
        self.seconds = wait_for(request.auth) if isinstance(request.auth, ApiKey) else 0
        return not self.seconds

    def wait(self) -> float:
        return self.seconds
