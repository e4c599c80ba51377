from typing import Any

from django.db.models import QuerySet

from loa.channels.models import Delivery, Notice


def notices_visible_to(user: Any) -> QuerySet[Notice]:
    return Notice.objects.filter(receiver=user)


def unread_notice_count(user: Any) -> int:
    return Notice.objects.filter(receiver=user, read_at__isnull=True).count()


def unsent_deliveries() -> QuerySet[Delivery]:
    """What still has to go out, oldest first, one left in sending by a killed worker included."""
    return Delivery.objects.filter(state__in=("queued", "failed", "sending")).order_by("created_at")
