from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from loa.channels.models import Delivery, Notice
from loa.channels.states import DELIVERY
from loa.core import clock
from loa.core.access import require
from loa.core.queue import later
from loa.core.workflow import StaleError

if TYPE_CHECKING:
    from loa.directory.models import User

MAX_ATTEMPTS = 5


def notify(
    receivers: Iterable[User], *, key: str, subject: Callable[[], str], body: Callable[[], str], url: str
) -> list[Notice]:
    """Tell people once: a notice in the page and one mail each.

    `subject` and `body` are called under each language. `key` names the happening: the same key to
    the same person again is not told again. Returns the new notices.
    """
    people = {person.pk: person for person in receivers if person.is_active}
    with transaction.atomic():
        told = set(Notice.objects.filter(key=key, receiver__in=people).values_list("receiver_id", flat=True))
        texts = {}
        for language in ("vi", "en"):
            with translation.override(language):
                texts[f"subject_{language}"], texts[f"body_{language}"] = subject()[:300], body()
        now = clock.now()
        notices = Notice.objects.bulk_create(
            Notice(receiver=person, key=key, url=url, created_at=now, **texts)
            for pk, person in people.items()
            if pk not in told
        )
        deliveries = Delivery.objects.bulk_create(
            Delivery(notice=notice, address=notice.receiver.email, message_id=_message_id(), created_at=now)
            for notice in notices
            if notice.receiver.email and notice.receiver.wants_mail
        )
        if deliveries:
            later("loa.channels.jobs.send_deliveries", [delivery.pk for delivery in deliveries])
    return notices


def _message_id() -> str:
    host = settings.BASE_URL.split("//")[-1].split("/")[0].split(":")[0]
    return f"<{uuid4()}@{host}>"


def read_notice(notice: Notice, *, by: User) -> None:
    """Mark as read; reading twice keeps the first moment."""
    require(by, "channels.read_notice", notice)
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=clock.now())


def read_all_notices(*, by: User) -> int:
    return Notice.objects.filter(receiver=by, read_at__isnull=True).update(read_at=clock.now())


def send_delivery(delivery: Delivery) -> None:
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


@transaction.atomic
def retry_delivery(delivery: Delivery, *, by: User) -> None:
    """Send what failed or was given up once more, to the address its receiver has now, as the same message.

    Raises PermissionDenied, and StaleError where it is under way or gone.
    """
    address = delivery.notice.receiver.email
    DELIVERY.take(delivery, "retry", by=by, address=address, attempt_count=0)
    later("loa.channels.jobs.send_deliveries", [delivery.pk])


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
