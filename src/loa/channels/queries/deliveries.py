from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from loa.channels.models import Delivery
from loa.core.access import permits

LEASE = timedelta(minutes=10)  # well above what one sending may take before its worker counts as dead


def failed_deliveries_visible_to(user: Any) -> QuerySet[Delivery]:
    """Mail that did not leave, the newest first: the administrator's to mend."""
    rows = Delivery.objects.filter(state__in=("failed", "given_up"), post__isnull=True)
    rows = rows.select_related("notice__receiver", "receiver", "letter").order_by("-created_at", "-pk")
    return rows if permits(user, "channels.send") else rows.none()


def _left_in_sending(now: datetime) -> Q:
    return Q(state="sending") & (Q(begun_at__isnull=True) | Q(begun_at__lte=now - LEASE))


def unsent_deliveries(now: datetime) -> QuerySet[Delivery]:
    """What still has to go out, oldest first, also what a killed worker left in sending.

    A post that may already be public is not among them: a person looks first.
    """
    waiting = Q(state__in=("queued", "failed")) & (Q(not_before__isnull=True) | Q(not_before__lte=now))
    machine = Q(post__isnull=True) | Q(outlet__driver="webhook")
    private = Q(post__isnull=True) | Q(outlet__is_public=False)
    rows = Delivery.objects.filter((waiting & machine) | (_left_in_sending(now) & machine & private))
    return rows.select_related(
        "notice__receiver__mail_settings", "receiver__mail_settings", "post", "outlet", "letter"
    ).order_by("created_at", "pk")


def stuck_posts(now: datetime) -> QuerySet[Delivery]:
    """Public posts left in sending: nobody knows whether they are out."""
    rows = Delivery.objects.filter(_left_in_sending(now), post__isnull=False, outlet__is_public=True)
    return rows.select_related("post", "outlet").order_by("pk")
