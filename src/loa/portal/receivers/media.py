"""A new picture, a new file or another focal point: its sizes are made before a reader asks for them."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from loa.core.queue import later
from loa.portal.models import Picture


@receiver(post_save, sender=Picture, dispatch_uid="portal.make_sizes")
def have_sizes_made(instance: Picture, raw: bool = False, **_more: Any) -> None:
    if not raw:
        later("loa.portal.jobs.media.make_sizes", instance.pk)
