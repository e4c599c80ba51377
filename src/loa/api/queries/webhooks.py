"""Which systems are told, of what, and what still waits to be told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from loa.api.models import CaseWebhook, WebhookSending

STUCK = timedelta(minutes=10)  # left in sending by a killed worker
KEPT = timedelta(days=90)


def webhooks_visible_to(user: Any) -> QuerySet[CaseWebhook]:
    """Managers see those of the agency whose hat they wear, the administrator all."""
    hat = getattr(user, "hat", None)
    rows = CaseWebhook.objects.select_related("agency", "made_by")
    if hat and hat.holds("administrator"):
        return rows
    return rows.filter(agency=hat.agency) if hat and hat.holds("focal_point", "head") else rows.none()


def listening_to(agency_ids: set[int]) -> QuerySet[CaseWebhook]:
    return CaseWebhook.objects.filter(agency__in=agency_ids, is_active=True)


def unsent_sendings(now: datetime) -> QuerySet[WebhookSending]:
    """What is due: queued, failed and its pause over, or left in the middle."""
    due = Q(not_before__isnull=True) | Q(not_before__lte=now)
    stuck = Q(state="sending", begun_at__lte=now - STUCK)
    waiting = Q(due, state__in=("queued", "failed"))
    rows = WebhookSending.objects.filter(waiting | stuck, webhook__is_active=True)
    return rows.select_related("webhook__agency", "case").order_by("pk")


def told_before(now: datetime) -> QuerySet[WebhookSending]:
    """What was told, or given up, long enough ago to be forgotten."""
    return WebhookSending.objects.filter(state__in=("sent", "dead"), at__lt=now - KEPT)
