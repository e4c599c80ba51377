"""What was held and who was there, in a period: one definition for reports, the press pack and whatever else counts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from loa.events.models import Event
from loa.events.states import HELD


def held_between(first: datetime, after: datetime) -> QuerySet[Event]:
    """Gatherings that began from `first` on and before `after` and have ended; oldest first.

    Each with `expected_count` (people with a place: named by invited bodies, registered, on the organiser's own
    list) and `present_count` (those of them who came).
    """
    going = Q(registrations__state="going")
    rows = Event.objects.filter(state__in=HELD, began_at__gte=first, began_at__lt=after)
    rows = rows.annotate(
        expected_count=Count("registrations", filter=going),
        present_count=Count("registrations", filter=going & Q(registrations__attendance__presence="present")),
    )
    return rows.order_by("began_at", "pk")
