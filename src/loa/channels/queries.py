from typing import Any

from django.db.models import QuerySet

from loa.channels.models import Delivery, Notice
from loa.core.access import permits


def notices_visible_to(user: Any) -> QuerySet[Notice]:
    return Notice.objects.filter(receiver=user)


def unread_notice_count(user: Any) -> int:
    return Notice.objects.filter(receiver=user, read_at__isnull=True).count()


def failed_deliveries_visible_to(user: Any) -> QuerySet[Delivery]:
    """Mail that did not leave, the newest first: the administrator's to mend."""
    rows = Delivery.objects.filter(state__in=("failed", "given_up")).select_related("notice__receiver")
    return rows.order_by("-created_at", "-pk") if permits(user, "channels.send") else rows.none()


def unsent_deliveries() -> QuerySet[Delivery]:
    """What still has to go out, oldest first, one left in sending by a killed worker included."""
    return Delivery.objects.filter(state__in=("queued", "failed", "sending")).order_by("created_at")
