"""Sending what is to be told. A step that somebody else has taken is left to them."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import socket
import ssl
import time
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.api import notices
from loa.api.models import WebhookSending
from loa.api.queries import told_before
from loa.api.states import SENDING
from loa.core import clock
from loa.core.outward import checked_address
from loa.core.workflow import StaleError

PAUSES = (1, 5, 30, 120, 720)  # minutes before the next try; after the last one people are told
MAX_ATTEMPTS = len(PAUSES) + 1
TIMEOUT = 10  # seconds
_TAKEN = range(200, 300)
_GONE = 410  # the system says that it is no longer there
_PORT = 443


class RefusedAddressError(OSError):
    """An address that nothing is sent to."""


def send_sending(sending: WebhookSending) -> None:
    """Tell one thing once more, if nobody else is doing so."""
    if not _begin(sending):
        return
    body = payload(sending)
    try:
        answer = post(sending.webhook.url, body, headers_of(sending, body, at=int(time.time())))
    except (OSError, http.client.HTTPException, ValueError) as error:
        _fail(sending, error=str(error)[:300] or type(error).__name__, answer=None)
        return
    if answer in _TAKEN:
        SENDING.take(
            sending,
            "finish",
            by=None,
            actor="clock",
            sent_at=clock.now(),
            answer=answer,
            error="",
            not_before=None,
        )
    else:
        _fail(sending, error=_("The system answered %(status)s.") % {"status": answer}, answer=answer)


def payload(sending: WebhookSending) -> bytes:
    """What is told, by reference: neither a word of the case nor of who asks."""
    told: dict[str, str | None] = {
        "key": str(sending.key),
        "event": sending.event,
        "at": timezone.localtime(sending.at).isoformat(timespec="seconds"),
        "agency": sending.webhook.agency.code,
        "case": sending.case.code if sending.case else None,
        "state": sending.case_state or None,
        "url": f"{settings.BASE_URL}/api/v1/cases/{sending.case.code}/" if sending.case else None,
    }
    return json.dumps(told, ensure_ascii=False).encode()


def headers_of(sending: WebhookSending, body: bytes, *, at: int) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Loa",
        "Idempotency-Key": str(sending.key),
        "X-Loa-Signature": f"t={at},v1={sign(sending.webhook.secret, body, at=at)}",
    }


def sign(secret: str, body: bytes, *, at: int) -> str:
    """HMAC-SHA256 over the moment, a full stop and the body as it was sent."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; no other address is followed. Raises OSError, HTTPException, ValueError."""
    allow_private = settings.WEBHOOK_ALLOW_PRIVATE
    where = urlsplit(url)
    host, port = where.hostname or "", where.port or _PORT
    if where.scheme != "https" or not host or where.username or (port != _PORT and not allow_private):
        raise RefusedAddressError(_("Only https addresses can be notified."))
    address = checked_address(host, port, allow_private=allow_private)
    if address is None:
        raise RefusedAddressError(
            _("The address is in a private network; this installation sends nothing there.")
        )
    with (
        socket.create_connection((address, port), timeout=TIMEOUT) as plain,
        ssl.create_default_context().wrap_socket(plain, server_hostname=host) as sock,
    ):
        connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        connection.sock = sock
        path = f"{where.path or '/'}{f'?{where.query}' if where.query else ''}"
        connection.request("POST", path, body, {"Host": where.netloc, "Connection": "close", **headers})
        return connection.getresponse().status


@transaction.atomic
def _begin(sending: WebhookSending) -> bool:
    """Of two who would tell the same, also after a kill, one begins: the attempt is counted by compare and set."""
    now, count = clock.now(), sending.attempt_count
    same = WebhookSending.objects.filter(pk=sending.pk, state=sending.state, attempt_count=count)
    if same.update(attempt_count=count + 1, begun_at=now) != 1:
        return False
    sending.attempt_count, sending.begun_at = count + 1, now
    try:
        SENDING.take(sending, "begin", by=None, actor="clock")
    except StaleError:
        return False
    return True


@transaction.atomic
def _fail(sending: WebhookSending, *, error: str, answer: int | None) -> None:
    changes: dict[str, Any] = {"error": error[:300], "answer": answer}
    if sending.attempt_count >= MAX_ATTEMPTS or answer == _GONE:
        SENDING.take(sending, "give_up", by=None, actor="clock", note=error, **changes)
        notices.tell_given_up(sending)
        return
    pause = timedelta(minutes=PAUSES[sending.attempt_count - 1])
    SENDING.take(sending, "fail", by=None, actor="clock", not_before=clock.now() + pause, **changes)


def forget_old() -> int:
    """What was told long ago is no longer kept."""
    return told_before(clock.now()).delete()[0]
