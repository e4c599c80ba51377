"""Taking in what another system sends of a citizen: once, however often it is sent."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from loa.api.given import Given
from loa.api.models import ApiKey
from loa.core import clock
from loa.core.access import require
from loa.core.sealing import fingerprint
from loa.feedback.actions import Receipt, Words, submit_case
from loa.feedback.models import Case


def take_in(given: Given, *, key: ApiKey) -> Receipt:
    """One case for a sending and all its repetitions. Raises FlowError where no desk takes cases in.

    A system that names its sending is believed. Else the same words of the same person from the same device are the
    same sending, if they come within the day or the day before.
    """
    require(key.keeper, "api.send_in", key)
    words = Words(
        content=given.description,
        kind=given.kind,
        commune=given.commune,
        place=given.place,
        latitude=given.latitude,
        longitude=given.longitude,
        subject=given.subject,
    )
    return submit_case(
        words,
        key=_sending_key(given, key),
        source=Case.Source.API,
        identity=given.identity,
        consents=given.consents,
    )


def _sending_key(given: Given, key: ApiKey) -> str:
    if given.call_key:
        return fingerprint(f"{key.pk}:{given.call_key}", use="open311-call")
    today = clock.today()
    before = _digest(given, key, today - timedelta(days=1))
    return before if Case.objects.filter(key=before).exists() else _digest(given, key, today)


def _digest(given: Given, key: ApiKey, day: date) -> str:
    said = (
        given.subject.code, given.kind, given.description, given.latitude, given.longitude, given.place,
        given.commune and given.commune.code, given.identity.name, given.identity.phone, given.identity.email,
        given.device,
    )  # fmt: skip
    whole = hashlib.sha256("\x00".join(map(str, said)).encode()).hexdigest()
    return fingerprint(f"{key.pk}:{day.isoformat()}:{whole}", use="open311-digest")
