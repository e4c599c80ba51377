"""Sending mail after commit. Safe to run twice: a step that somebody else has taken is left to them."""

from loa.channels.actions import send_delivery
from loa.channels.models import Delivery


def send_deliveries(keys: list[int]) -> None:
    for delivery in Delivery.objects.filter(pk__in=keys).select_related("notice"):
        send_delivery(delivery)
