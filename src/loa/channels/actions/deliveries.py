"""Sending what waits in the outbox. A step that somebody else has taken is left to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from loa.channels.actions.drivers import MaybePostedError, post_to_webhook
from loa.channels.actions.mail import message
from loa.channels.models import Delivery
from loa.channels.states import DELIVERY
from loa.core import clock
from loa.core.queue import later
from loa.core.workflow import StaleError

if TYPE_CHECKING:
    from loa.directory.models import User

PAUSES = (1, 5, 30, 120)  # minutes before the next try; after the last try a person is asked
MAX_ATTEMPTS = len(PAUSES) + 1


def send_delivery(delivery: Delivery) -> None:
    """Send one mail or post. Sent again after a kill, a mail is the same message: its Message-ID is fixed."""
    if delivery.state == "sending" and delivery.post and delivery.outlet and delivery.outlet.is_public:
        return  # it may be out: doubt_post
    if not _begin(delivery):
        return
    try:
        if delivery.post:
            post_to_webhook(delivery)
        else:
            message(delivery).send()
    except MaybePostedError as error:
        _after_doubt(delivery, str(error))
    except OSError as error:  # refused before it was taken: provably unsent
        _fail(delivery, str(error) or "OSError")
    else:
        DELIVERY.take(delivery, "finish", by=None, actor="clock", sent_at=clock.now(), error="")


@transaction.atomic
def _begin(delivery: Delivery) -> bool:
    """Of two who would send the same, also after a kill, one begins: the attempt is counted by compare and set."""
    now, count = clock.now(), delivery.attempt_count
    same = Delivery.objects.filter(pk=delivery.pk, state=delivery.state, attempt_count=count)
    if same.update(attempt_count=count + 1, begun_at=now) != 1:
        return False
    delivery.attempt_count, delivery.begun_at = count + 1, now
    try:
        DELIVERY.take(delivery, "begin", by=None, actor="clock")
    except StaleError:
        return False
    return True


def _fail(delivery: Delivery, error: str) -> None:
    if delivery.attempt_count >= MAX_ATTEMPTS:
        DELIVERY.take(delivery, "give_up", by=None, actor="clock", note=error, error=error)
        return
    pause = timedelta(minutes=PAUSES[delivery.attempt_count - 1])
    DELIVERY.take(
        delivery, "fail", by=None, actor="clock", note=error, error=error, not_before=clock.now() + pause
    )


def _after_doubt(delivery: Delivery, error: str) -> None:
    """A public post waits for a person; an inner outlet knows the idempotency key and may be asked again."""
    if delivery.outlet and delivery.outlet.is_public:
        DELIVERY.take(delivery, "doubt", by=None, actor="clock", note=error, error=error)
    else:
        _fail(delivery, error)


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: User) -> None:
    """Send what failed or was given up once more, to the address its receiver has now, as the same message.

    Raises PermissionDenied, and StaleError where it is under way or gone.
    """
    address = delivery.person.email if delivery.person else ""
    DELIVERY.take(delivery, "retry", by=by, address=address, attempt_count=0, not_before=None)
    later("loa.channels.jobs.send_deliveries", [delivery.pk])
