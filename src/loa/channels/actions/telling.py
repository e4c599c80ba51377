"""Telling people: a notice in the page, and mail as each of them wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import translation

from loa.channels.models import Delivery, MailSettings, Notice
from loa.channels.queries.notices import URGENT, kind_of, mail_choice, quiet_until
from loa.core import clock
from loa.core.access import require
from loa.core.queue import later

if TYPE_CHECKING:
    from loa.directory.models import User

AT_ONCE = 100  # mails of one job


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing told to some people. `subject` and `body` are called under each language."""

    receivers: Iterable[User]
    key: str  # names the happening: the same key to the same person again is not told again
    subject: Callable[[], str]
    body: Callable[[], str]
    url: str
    kind: str = ""  # of Notice.Kind; "": by the verb in the key


def notify(
    receivers: Iterable[User],
    *,
    key: str,
    subject: Callable[[], str],
    body: Callable[[], str],
    url: str,
    kind: str = "",
) -> list[Notice]:
    """Tell people one thing once. Returns the new notices."""
    return notify_many([Telling(receivers, key, subject, body, url, kind)])


@transaction.atomic
def notify_many(tellings: Sequence[Telling]) -> list[Notice]:
    """Tell many things in a fixed number of queries. Returns the new notices."""
    wanted: dict[tuple[int, str], tuple[User, Telling]] = {}
    for telling in tellings:
        for person in telling.receivers:
            if person.is_active:
                wanted.setdefault((person.pk, telling.key), (person, telling))
    people = {person_id for person_id, _key in wanted}
    keys = {key for _person_id, key in wanted}
    told = set(Notice.objects.filter(receiver__in=people, key__in=keys).values_list("receiver_id", "key"))
    wishes = {row.user_id: row for row in MailSettings.objects.filter(user__in=people)}
    now = clock.now()
    texts: dict[str, dict[str, str]] = {}
    notices = Notice.objects.bulk_create(
        _notice(person, telling, texts, wishes, now)
        for pair, (person, telling) in wanted.items()
        if pair not in told
    )
    _mail(notices, wishes, now)
    return notices


def _notice(
    person: User,
    telling: Telling,
    texts: dict[str, dict[str, str]],
    wishes: dict[int, MailSettings],
    now: datetime,
) -> Notice:
    kind = telling.kind or kind_of(telling.key)
    mail = Notice.Mail.NEVER
    if person.email and person.wants_mail:
        mail = Notice.Mail(mail_choice(wishes.get(person.pk) or MailSettings(), kind))
    if telling.key not in texts:
        texts[telling.key] = _in_both_languages(telling)
    return Notice(
        receiver=person,
        key=telling.key,
        kind=kind,
        url=telling.url,
        created_at=now,
        mail=mail,
        **texts[telling.key],
    )


def _in_both_languages(telling: Telling) -> dict[str, str]:
    texts = {}
    for language in ("vi", "en"):
        with translation.override(language):
            texts[f"subject_{language}"] = " ".join(telling.subject().split())[:300]
            texts[f"body_{language}"] = telling.body()
    return texts


def _mail(notices: list[Notice], wishes: dict[int, MailSettings], now: datetime) -> None:
    """A delivery for each notice that goes by mail at once; those of quiet hours wait for their end."""
    deliveries = Delivery.objects.bulk_create(
        Delivery(
            notice=notice,
            address=notice.receiver.email,
            message_id=message_id(),
            created_at=now,
            not_before=_not_before(notice, wishes.get(notice.receiver_id), now),
        )
        for notice in notices
        if notice.mail == Notice.Mail.NOW
    )
    leaving = [delivery.pk for delivery in deliveries if delivery.not_before is None]
    for start in range(0, len(leaving), AT_ONCE):
        later("loa.channels.jobs.send_deliveries", leaving[start : start + AT_ONCE])


def _not_before(notice: Notice, wish: MailSettings | None, now: datetime) -> datetime | None:
    if wish is None or (notice.kind in URGENT and wish.sends_urgent_at_once):
        return None
    return quiet_until(wish, now)


def message_id() -> str:
    host = settings.BASE_URL.split("//")[-1].split("/")[0].split(":")[0]
    return f"<{uuid4()}@{host}>"


def read_notice(notice: Notice, *, by: User) -> None:
    """Mark as read; reading twice keeps the first moment."""
    require(by, "channels.read_notice", notice)
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=clock.now())


def read_all_notices(*, by: User) -> int:
    return Notice.objects.filter(receiver=by, read_at__isnull=True).update(read_at=clock.now())


def change_mail_settings(
    *,
    choices: dict[str, str],
    digest_hour: int,
    quiet_from: time | None,
    quiet_to: time | None,
    is_quiet_on_days_off: bool,
    sends_urgent_at_once: bool,
    language: str,
    by: User,
) -> MailSettings:
    """One's own; what is already kept for a digest or for later leaves as it was told then."""
    values: dict[str, Any] = {
        "choices": choices,
        "digest_hour": digest_hour,
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
        "is_quiet_on_days_off": is_quiet_on_days_off,
        "sends_urgent_at_once": sends_urgent_at_once,
        "language": language,
    }
    return MailSettings.objects.update_or_create(user=by, defaults=values)[0]
