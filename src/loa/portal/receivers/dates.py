"""What is published through the newsroom is published on the day that the program plays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from loa.core import clock

DAY, JUST_NOW = timedelta(days=1), timedelta(minutes=1)


@receiver(page_published, dispatch_uid="portal.keep_played_date")
def keep_played_date(instance: Page, **_more: Any) -> None:
    """Wagtail asks the wall clock; where another date is played, what it has just written is that date's."""
    if not clock.is_fixed():
        return
    now = clock.now()
    names = ("first_published_at", "last_published_at")
    wrong = [name for name in names if _is_of_the_wall(getattr(instance, name), now)]
    if wrong:
        Page.objects.filter(pk=instance.pk).update(**dict.fromkeys(wrong, now))
    for name in wrong:
        setattr(instance, name, now)


def _is_of_the_wall(moment: datetime | None, now: datetime) -> bool:
    """The played time of day is the real one: what was written just now is off by whole days."""
    if moment is None or abs(moment - now) < DAY / 2:
        return False
    return abs((moment - now + JUST_NOW) % DAY) < 2 * JUST_NOW
