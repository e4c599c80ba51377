"""The daily digest: one mail with everything that was kept for it, and none where there is nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from loa.channels.actions.telling import message_id
from loa.channels.models import Delivery, MailSettings
from loa.channels.queries import waiting_for_digest
from loa.channels.queries.notices import is_worked
from loa.core.calendar_data import current_calendar
from loa.core.queue import later
from loa.directory.models import User


class _NothingLeftError(Exception):
    """Somebody else has taken the lines."""


def make_digest(user: User, settings: MailSettings, now: datetime) -> Delivery | None:
    """Today's digest of a person, once: its lines are taken and its mail queued in one transaction.

    `None` before the hour chosen, on a day that is quiet, where nothing waits, or where it left already.
    """
    local = now.astimezone(timezone.get_default_timezone())
    moment = local.replace(hour=settings.digest_hour, minute=0, second=0, microsecond=0)
    if local < moment or not user.email:
        return None
    if settings.is_quiet_on_days_off and not is_worked(local.date(), current_calendar()):
        return None
    try:
        return _take_lines(user, moment, now)
    except (IntegrityError, _NothingLeftError):
        return None


@transaction.atomic
def _take_lines(user: User, moment: datetime, now: datetime) -> Delivery:
    delivery = Delivery.objects.create(
        receiver=user,
        digest_on=moment.date(),
        address=user.email,
        message_id=message_id(),
        created_at=now,
    )
    if not waiting_for_digest(moment).filter(receiver=user).update(digest=delivery):
        raise _NothingLeftError
    later("loa.channels.jobs.send_deliveries", [delivery.pk])
    return delivery
