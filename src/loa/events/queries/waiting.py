"""What waits for a person among gatherings, under the hat that is worn."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from loa.events.models import Event, EventPanel, EventPaper, Invitation
from loa.events.rules import MANAGERS, ORGANISERS

OWN_STATES = ("returned", "approved", "ended")  # the next step is the organiser's


def events_waiting_for(user: Any) -> QuerySet[Event]:
    """Heads: what others handed in. Organisers: what came back, waits to be announced or to be concluded."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*ORGANISERS):
        return Event.objects.none()
    mine = Q(state__in=OWN_STATES)
    if not hat.holds(*MANAGERS):
        mine &= Q(created_by=user)
    if hat.holds("head"):
        others = Q(state="with_head") & ~Q(created_by=user) & ~Q(changed_by=user) & ~Q(handed_in_by=user)
        mine = others if not hat.holds("focal_point", "officer") else mine | others
    return Event.objects.filter(mine, agency=hat.agency).select_related("agency").order_by("starts_at")


def papers_waiting_for(user: Any) -> QuerySet[EventPaper]:
    """What others wrote and a head has not signed."""
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds("head"):
        return EventPaper.objects.none()
    rows = EventPaper.objects.filter(state="with_head", event__agency=hat.agency)
    rows = rows.exclude(writer=user).exclude(handed_in_by=user)
    return rows.select_related("event__agency").order_by("saved_at")


def invitations_waiting_for(user: Any) -> QuerySet[Invitation]:
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*MANAGERS):
        return Invitation.objects.none()
    rows = Invitation.objects.filter(agency=hat.agency, state="sent", event__state="announced")
    return rows.select_related("event__agency", "agency", "network").order_by("event__starts_at")


def panels_waiting_for(user: Any) -> QuerySet[EventPanel]:
    hat = getattr(user, "hat", None)
    if hat is None or not hat.holds(*MANAGERS):
        return EventPanel.objects.none()
    rows = EventPanel.objects.filter(agency=hat.agency, confirmed_at__isnull=True, event__state="announced")
    return rows.select_related("event__agency", "agency").order_by("event__starts_at")
