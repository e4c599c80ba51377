"""What happens because Wagtail says that something happened."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from loa.core import clock


@receiver(page_published, dispatch_uid="portal.keep_played_date")
def keep_played_date(instance: Page, **_more: Any) -> None:
    """Where the program plays another date, a page is published on that date and not on the wall clock's."""
    if not clock.is_fixed():
        return
    now = clock.now()
    was_first = (
        instance.first_published_at is None or instance.first_published_at == instance.last_published_at
    )
    dates = {"last_published_at": now, **({"first_published_at": now} if was_first else {})}
    Page.objects.filter(pk=instance.pk).update(**dates)
    for name, value in dates.items():
        setattr(instance, name, value)
