"""The webhook: a post as JSON to an https address. Whether it arrived is known, or it is not: nothing between."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

from loa.channels.models import Delivery

TIMEOUT = 20  # seconds
_OK, _REFUSED, _BROKEN = 200, 300, 500
_LONGEST_ANSWER = 2000


class MaybePostedError(Exception):
    """The text went out and no clear answer came back."""


class RefusedError(OSError):
    """The outlet said no: it is certainly not posted."""


def post_to_webhook(delivery: Delivery) -> None:
    """Raises OSError where it is provably not posted, MaybePostedError where nobody can tell."""
    if delivery.post is None or delivery.outlet is None:
        raise RefusedError("not a post")
    where = urlsplit(delivery.address)
    kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
    connection = kind(where.hostname or "", where.port, timeout=TIMEOUT)
    try:
        connection.connect()  # refused here, nothing has left
        answer, text = _send(connection, delivery, where.path + (f"?{where.query}" if where.query else ""))
    finally:
        connection.close()
    if _OK <= answer < _REFUSED:
        return
    said = f"{answer} {text}".strip()
    if answer >= _BROKEN:
        raise MaybePostedError(said)
    raise RefusedError(said)


def _send(connection: http.client.HTTPConnection, delivery: Delivery, path: str) -> tuple[int, str]:
    post = delivery.post
    body = json.dumps(
        {"title": post.title, "text": post.text, "agency": post.agency.name, "key": delivery.message_id},
        ensure_ascii=False,
    ) if post else ""  # fmt: skip
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": delivery.message_id,
        "User-Agent": "Loa",
    }
    try:
        connection.request("POST", path or "/", body.encode(), headers)
        response = connection.getresponse()
        return response.status, response.read(_LONGEST_ANSWER).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise MaybePostedError(str(error) or type(error).__name__) from error
