"""Sending mail. Safe to run twice: a step that somebody else has taken is left to them."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from loa.channels.models import Delivery
from loa.channels.states import DELIVERY
from loa.core import clock
from loa.core.workflow import StaleError

MAX_ATTEMPTS = 5


def send_deliveries(keys: list[int]) -> None:
    for delivery in Delivery.objects.filter(pk__in=keys).select_related("notice"):
        send(delivery)


def send(delivery: Delivery) -> None:
    """Send one mail with its fixed Message-ID: sent again after a kill, it is the same message."""
    try:
        DELIVERY.take(delivery, "begin", by=None, actor="clock", attempt_count=delivery.attempt_count + 1)
    except StaleError:
        return
    try:
        _message(delivery).send()
    except OSError as error:
        step = "give_up" if delivery.attempt_count >= MAX_ATTEMPTS else "fail"
        DELIVERY.take(delivery, step, by=None, actor="clock", note=str(error) or "OSError", error=str(error))
    else:
        DELIVERY.take(delivery, "finish", by=None, actor="clock", sent_at=clock.now(), error="")


def _message(delivery: Delivery) -> EmailMultiAlternatives:
    notice = delivery.notice
    context = {"notice": notice, "link": settings.BASE_URL + notice.url}
    message = EmailMultiAlternatives(
        subject=notice.subject_vi,
        body=render_to_string("channels/notice.txt", context),
        to=[delivery.address],
        headers={"Message-ID": delivery.message_id},
    )
    message.attach_alternative(render_to_string("channels/notice_mail.html", context), "text/html")
    return message
