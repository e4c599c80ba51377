"""Sending after commit. Safe to run twice: a step that somebody else has taken is left to them."""

from loa.channels import queries
from loa.channels.actions import send_delivery
from loa.core import clock


def send_deliveries(keys: list[int]) -> None:
    """What still waits of some deliveries; what another worker is sending is left to it."""
    for delivery in queries.unsent_deliveries(clock.now()).filter(pk__in=keys):
        send_delivery(delivery)
