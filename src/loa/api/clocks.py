"""What other systems were not told yet, and what was told long ago."""

from loa.api import actions, queries
from loa.core import clock


def send_unsent(limit: int = 200) -> int:
    """Failed and its pause over, or left by a killed worker. Returns how many were tried."""
    sendings = list(queries.unsent_sendings(clock.now())[:limit])
    for sending in sendings:
        actions.send_sending(sending)
    return len(sendings)


def forget_old() -> int:
    return actions.forget_old()
