"""Telling other systems after commit. Safe to run twice."""

from loa.api import queries
from loa.api.actions import send_sending
from loa.core import clock


def send_sendings(keys: list[int]) -> None:
    for sending in queries.unsent_sendings(clock.now()).filter(pk__in=keys):
        send_sending(sending)
